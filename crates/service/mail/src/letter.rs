//! What the product writes to people: one variant per message, with the values its text has places for.

use secrecy::{ExposeSecret, SecretString};

use crate::template::{self, Template, TemplateFault};

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

/// A message without its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// [`Letter::ResetPassword`].
    ResetPassword,
    /// [`Letter::PasswordChanged`].
    PasswordChanged,
    /// [`Letter::Invitation`].
    Invitation,
    /// [`Letter::VerifyEmail`].
    VerifyEmail,
    /// [`Letter::RegisteredAlready`].
    RegisteredAlready,
    /// [`Letter::AccessRequested`].
    AccessRequested,
    /// [`Letter::AccessDeclined`].
    AccessDeclined,
    /// [`Letter::SignInCode`].
    SignInCode,
    /// [`Letter::ApiKeyEnding`].
    ApiKeyEnding,
}

/// Who may read a value besides the receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrecy {
    /// The store's administrators, in the mail log.
    Open,
    /// Nobody where mail is sent; the log shows it where no mail server is configured. It brings in somebody whom an
    /// administrator chose, and nobody has an account by it yet that could be taken over.
    Invitee,
    /// Nobody: it lets its holder into an account.
    Account,
}

/// A place for a value in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// Its name in braces.
    pub name: &'static str,
    /// Who may read it.
    pub secrecy: Secrecy,
    /// Whether the message is of no use without it.
    pub needed: bool,
    /// What a preview shows.
    pub sample: &'static str,
}

const fn open(name: &'static str, sample: &'static str) -> Variable {
    Variable { name, secrecy: Secrecy::Open, needed: false, sample }
}

const fn link(secrecy: Secrecy) -> Variable {
    Variable { name: "link", secrecy, needed: true, sample: "https://desk.example/link#…" }
}

/// What every text knows.
const COMMON: [Variable; 2] = [open("name", "Ada Byron"), open("store", "Prairie Motors")];

impl Kind {
    /// Every message.
    pub const ALL: [Self; 9] = [
        Self::ResetPassword,
        Self::PasswordChanged,
        Self::Invitation,
        Self::VerifyEmail,
        Self::RegisteredAlready,
        Self::AccessRequested,
        Self::AccessDeclined,
        Self::SignInCode,
        Self::ApiKeyEnding,
    ];

    /// Its name in the table, on the wire and in the settings.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::ResetPassword => "reset_password",
            Self::PasswordChanged => "password_changed",
            Self::Invitation => "invitation",
            Self::VerifyEmail => "verify_email",
            Self::RegisteredAlready => "registered_already",
            Self::AccessRequested => "access_requested",
            Self::AccessDeclined => "access_declined",
            Self::SignInCode => "sign_in_code",
            Self::ApiKeyEnding => "api_key_ending",
        }
    }

    /// The message of this name.
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The values it has besides `{name}` and `{store}`.
    #[must_use]
    pub const fn own_variables(self) -> &'static [Variable] {
        const ACCOUNT_LINK: &[Variable] = &[link(Secrecy::Account)];
        const INVITEE_LINK: &[Variable] = &[link(Secrecy::Invitee)];
        const OPEN_LINK: &[Variable] = &[link(Secrecy::Open)];
        const INVITATION: &[Variable] = &[open("by", "Grace Hopper"), link(Secrecy::Invitee)];
        const REQUESTED: &[Variable] =
            &[open("who", "Nell Newcomer"), open("address", "nell@desk.example"), link(Secrecy::Open)];
        const KEY: &[Variable] =
            &[open("key", "Nightly export"), open("owner", "Website"), open("day", "2026-06-01"), link(Secrecy::Open)];
        const CODE: &[Variable] =
            &[Variable { name: "code", secrecy: Secrecy::Account, needed: true, sample: "012345" }];
        match self {
            Self::SignInCode => CODE,
            Self::ResetPassword => ACCOUNT_LINK,
            Self::Invitation => INVITATION,
            Self::VerifyEmail => INVITEE_LINK,
            Self::RegisteredAlready => OPEN_LINK,
            Self::AccessRequested => REQUESTED,
            Self::ApiKeyEnding => KEY,
            Self::PasswordChanged | Self::AccessDeclined => &[],
        }
    }

    /// Every value it has.
    pub fn variables(self) -> impl Iterator<Item = Variable> {
        COMMON.into_iter().chain(self.own_variables().iter().copied())
    }

    /// The text it has unless the store wrote its own.
    #[must_use]
    pub const fn template(self) -> Template<'static> {
        match self {
            Self::ResetPassword => Template {
                subject: "Set a new password",
                body: "Hello {name},\n\nsomebody asked for a new password for this address at {store}. If that was \
                       you, open this page within 30 minutes:\n\n{link}\n\nThe link works once. If it was not you, \
                       there is nothing to do: your password stays as it is.\n",
            },
            Self::PasswordChanged => Template {
                subject: "Your password was changed",
                body: "Hello {name},\n\nyour password at {store} was changed just now, and every device was signed \
                       out. If it was not you, tell your administrator at once.\n",
            },
            Self::Invitation => Template {
                subject: "{store} has given you access",
                body: "Hello {name},\n\n{by} has given you access to {store}. Open this page within seven days to \
                       begin:\n\n{link}\n\nThe link works once and is for you alone.\n",
            },
            Self::VerifyEmail => Template {
                subject: "Confirm your address",
                body: "Hello {name},\n\nsomebody asked for access to {store} with this address. If that was you, \
                       confirm it within two days:\n\n{link}\n\nAfter that an administrator decides. If it was not \
                       you, there is nothing to do.\n",
            },
            Self::RegisteredAlready => Template {
                subject: "You have an account already",
                body: "Hello,\n\nsomebody asked for access to {store} with this address, which has an account \
                       already. If that was you, sign in, or ask for a new password there:\n\n{link}\n\nIf it was \
                       not you, there is nothing to do.\n",
            },
            Self::AccessRequested => Template {
                subject: "{who} asks for access",
                body: "Hello {name},\n\n{who} ({address}) has confirmed the address and asks for access to {store}. \
                       You decide here:\n\n{link}\n",
            },
            Self::AccessDeclined => Template {
                subject: "Your request for access",
                body: "Hello {name},\n\n{store} has not given the access that was asked for with this address. If \
                       that is a mistake, ask your administrator.\n",
            },
            Self::SignInCode => Template {
                subject: "Your sign-in code",
                body: "Hello {name},\n\nyour code to sign in to {store} is\n\n{code}\n\nIt is good for ten minutes, once. \
                       Tell it to nobody: nobody of ours asks for it. If you did not ask for it, somebody knows your \
                       password: change it, and tell your administrator.\n",
            },
            Self::ApiKeyEnding => Template {
                subject: "The API key {key} ends on {day}",
                body: "Hello {name},\n\nthe API key {key} of {owner} at {store} stops working on {day}. If a program \
                       still needs it, make a new key and put it in place of the old one before that:\n\n{link}\n",
            },
        }
    }

    /// Whether a text of a store's own can be this message.
    ///
    /// # Errors
    /// [`TemplateFault`].
    pub fn check(self, template: Template<'_>) -> Result<(), TemplateFault> {
        let (subject, body) = (template::names(template.subject)?, template::names(template.body)?);
        let known = |name: &&&str| self.variables().any(|variable| variable.name == **name);
        if let Some(unknown) = subject.iter().chain(&body).find(|name| !known(name)) {
            return Err(TemplateFault::Unknown((*unknown).to_owned()));
        }
        // A subject is shown in clear wherever mail is listed.
        let secret =
            |name: &&str| self.variables().any(|variable| variable.name == *name && variable.secrecy != Secrecy::Open);
        if let Some(name) = subject.iter().find(|name| secret(name)) {
            return Err(TemplateFault::Unknown((*name).to_owned()));
        }
        match self.variables().find(|variable| variable.needed && !body.contains(&variable.name)) {
            Some(missing) => Err(TemplateFault::Missing(missing.name)),
            None => Ok(()),
        }
    }

    /// What the receiver would read, with sample values.
    ///
    /// # Errors
    /// [`TemplateFault`].
    pub fn preview(self, template: Template<'_>) -> Result<(String, String), TemplateFault> {
        self.check(template)?;
        let value = |name: &str| self.variables().find(|variable| variable.name == name).map(|found| found.sample);
        Ok((template::fill(template.subject, value)?, template::fill(template.body, value)?))
    }
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

#[cfg(test)]
mod tests {
    use super::{Kind, Secrecy};
    use crate::template::{Template, TemplateFault};

    #[test]
    fn every_text_of_ours_can_be_its_message() {
        for kind in Kind::ALL {
            let (subject, body) = kind.preview(kind.template()).unwrap();
            assert!(!subject.contains('\n') && !body.contains('{'), "{subject}: {body}");
            assert_eq!(Kind::of(kind.id()), Some(kind));
        }
    }

    #[test]
    fn a_text_without_its_link_or_with_a_secret_in_the_subject_is_refused() {
        let check = |subject, body| Kind::ResetPassword.check(Template { subject, body });
        assert_eq!(check("New password", "Hello {name}"), Err(TemplateFault::Missing("link")));
        assert_eq!(check("{link}", "{link}"), Err(TemplateFault::Unknown("link".to_owned())));
        assert_eq!(check("New password", "{link} {cost}"), Err(TemplateFault::Unknown("cost".to_owned())));
        assert_eq!(check("New password at {store}", "{link}"), Ok(()));
        let account = |kind: &Kind| kind.variables().any(|variable| variable.secrecy == Secrecy::Account);
        assert!(Kind::ALL.iter().filter(|kind| account(kind)).count() >= 1);
    }
}
