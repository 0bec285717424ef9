//! What the product writes to people: one variant per message, with the values its text has places for.

use secrecy::{ExposeSecret, SecretString};

use crate::kind::Kind;

/// Whom a message goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct To {
    /// As the store calls them.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// A message with its values. Every text also knows `{name}`, the receiver, and `{store}`, who writes.
#[derive(Debug)]
pub enum Letter {
    /// Somebody asked for a new password.
    ResetPassword {
        /// The page that sets it.
        link: SecretString,
    },
    /// The password is another one since a moment ago.
    PasswordChanged,
    /// An administrator gave access.
    Invitation {
        /// The administrator.
        by: String,
        /// The page that accepts.
        link: SecretString,
    },
    /// Somebody asked for access with this address.
    VerifyEmail {
        /// The page that confirms the address.
        link: SecretString,
    },
    /// Somebody asked for access with an address that has an account already.
    RegisteredAlready {
        /// The sign-in page.
        link: String,
    },
    /// For administrators: somebody waits for approval.
    AccessRequested {
        /// Who.
        who: String,
        /// Their address, which they have confirmed.
        address: String,
        /// The page of the people.
        link: String,
    },
    /// The access that was asked for is not given.
    AccessDeclined,
    /// Somebody signs in, and proves that the mailbox is theirs.
    SignInCode {
        /// Six digits.
        code: SecretString,
    },
    /// An API key ends within days.
    ApiKeyEnding {
        /// What its owner calls it.
        key: String,
        /// Whom it acts for.
        owner: String,
        /// The day it ends, in the store.
        day: String,
        /// The page of the keys.
        link: String,
    },
}

impl Letter {
    /// Which message it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::ResetPassword { .. } => Kind::ResetPassword,
            Self::PasswordChanged => Kind::PasswordChanged,
            Self::Invitation { .. } => Kind::Invitation,
            Self::VerifyEmail { .. } => Kind::VerifyEmail,
            Self::RegisteredAlready { .. } => Kind::RegisteredAlready,
            Self::AccessRequested { .. } => Kind::AccessRequested,
            Self::AccessDeclined => Kind::AccessDeclined,
            Self::SignInCode { .. } => Kind::SignInCode,
            Self::ApiKeyEnding { .. } => Kind::ApiKeyEnding,
        }
    }

    /// The value of a name, besides those that every text knows.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        match (self, name) {
            (Self::ResetPassword { link } | Self::Invitation { link, .. } | Self::VerifyEmail { link }, "link") => {
                Some(link.expose_secret())
            }
            (
                Self::RegisteredAlready { link } | Self::AccessRequested { link, .. } | Self::ApiKeyEnding { link, .. },
                "link",
            ) => Some(link),
            (Self::SignInCode { code }, "code") => Some(code.expose_secret()),
            (Self::ApiKeyEnding { key, .. }, "key") => Some(key),
            (Self::ApiKeyEnding { owner, .. }, "owner") => Some(owner),
            (Self::ApiKeyEnding { day, .. }, "day") => Some(day),
            (Self::Invitation { by, .. }, "by") => Some(by),
            (Self::AccessRequested { who, .. }, "who") => Some(who),
            (Self::AccessRequested { address, .. }, "address") => Some(address),
            _ => None,
        }
    }
}
