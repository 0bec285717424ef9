//! The messages that there are: the values of each, and what the product writes in it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::template::Template;

/// Which message it is: what happened that somebody is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MailKind)]
pub enum Kind {
    /// Somebody asked for a new password.
    ResetPassword,
    /// The password is another one since a moment ago.
    PasswordChanged,
    /// An administrator gave access.
    Invitation,
    /// Somebody asked for access with this address.
    VerifyEmail,
    /// Somebody asked for access with an address that has an account already.
    RegisteredAlready,
    /// For administrators: somebody waits for approval.
    AccessRequested,
    /// The access that was asked for is not given.
    AccessDeclined,
    /// Somebody signs in, and proves that the mailbox is theirs.
    SignInCode,
    /// An API key ends within days.
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
    /// What stands there.
    pub meaning: &'static str,
    /// Who may read it.
    pub secrecy: Secrecy,
    /// Whether the message is of no use without it.
    pub needed: bool,
    /// What a preview shows.
    pub sample: &'static str,
}

const fn open(name: &'static str, meaning: &'static str, sample: &'static str) -> Variable {
    Variable { name, meaning, secrecy: Secrecy::Open, needed: false, sample }
}

const fn link(secrecy: Secrecy, meaning: &'static str) -> Variable {
    Variable { name: "link", meaning, secrecy, needed: true, sample: "https://desk.example/link#…" }
}

/// What every text knows.
const COMMON: [Variable; 2] = [
    open("name", "the receiver, as the store calls them", "Ada Byron"),
    open("store", "the store's name", "Prairie Motors"),
];

impl Kind {
    /// Every message.
    pub const ALL: [Self; 9] = [
        Self::Invitation,
        Self::VerifyEmail,
        Self::RegisteredAlready,
        Self::AccessRequested,
        Self::AccessDeclined,
        Self::SignInCode,
        Self::ResetPassword,
        Self::PasswordChanged,
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
        const RESET: &[Variable] =
            &[link(Secrecy::Account, "the page that sets the password; good once, for 30 minutes")];
        const VERIFY: &[Variable] =
            &[link(Secrecy::Invitee, "the page that confirms the address; good once, for two days")];
        const SIGN_IN: &[Variable] = &[link(Secrecy::Open, "the sign-in page")];
        const INVITATION: &[Variable] = &[
            open("by", "who gave the access", "Grace Hopper"),
            link(Secrecy::Invitee, "the page on which they begin; good once, for seven days"),
        ];
        const REQUESTED: &[Variable] = &[
            open("who", "who asks for access", "Nell Newcomer"),
            open("address", "their e-mail address, which they have confirmed", "nell@desk.example"),
            link(Secrecy::Open, "the page on which it is decided"),
        ];
        const KEY: &[Variable] = &[
            open("key", "what its owner calls the key", "Nightly export"),
            open("owner", "whom the key acts for", "Website"),
            open("day", "the day on which it ends", "2026-06-01"),
            link(Secrecy::Open, "the page of the keys"),
        ];
        const CODE: &[Variable] = &[Variable {
            name: "code",
            meaning: "six digits that sign in; good once, for ten minutes",
            secrecy: Secrecy::Account,
            needed: true,
            sample: "012345",
        }];
        match self {
            Self::SignInCode => CODE,
            Self::ResetPassword => RESET,
            Self::Invitation => INVITATION,
            Self::VerifyEmail => VERIFY,
            Self::RegisteredAlready => SIGN_IN,
            Self::AccessRequested => REQUESTED,
            Self::ApiKeyEnding => KEY,
            Self::PasswordChanged | Self::AccessDeclined => &[],
        }
    }

    /// Every value it has.
    pub fn variables(self) -> impl Iterator<Item = Variable> {
        COMMON.into_iter().chain(self.own_variables().iter().copied())
    }

    /// The value of this name.
    #[must_use]
    pub fn variable(self, name: &str) -> Option<Variable> {
        self.variables().find(|variable| variable.name == name)
    }

    /// The text it has unless the store wrote its own.
    #[must_use]
    pub const fn template(self) -> Template {
        let (subject, body) = match self {
            Self::ResetPassword => (
                "Set a new password",
                "Hello {name},\n\nsomebody asked for a new password for this address at {store}. If that was you, \
                 open this page within 30 minutes:\n\n{link}\n\nThe link works once. If it was not you, there is \
                 nothing to do: your password stays as it is.",
            ),
            Self::PasswordChanged => (
                "Your password was changed",
                "Hello {name},\n\nyour password at {store} was changed just now, and every device was signed out. \
                 If it was not you, tell your administrator at once.",
            ),
            Self::Invitation => (
                "{store} has given you access",
                "Hello {name},\n\n{by} has given you access to {store}. Open this page within seven days to \
                 begin:\n\n{link}\n\nThe link works once and is for you alone.",
            ),
            Self::VerifyEmail => (
                "Confirm your address",
                "Hello {name},\n\nsomebody asked for access to {store} with this address. If that was you, confirm \
                 it within two days:\n\n{link}\n\nAfter that an administrator decides. If it was not you, there is \
                 nothing to do.",
            ),
            Self::RegisteredAlready => (
                "You have an account already",
                "Hello,\n\nsomebody asked for access to {store} with this address, which has an account already. \
                 If that was you, sign in, or ask for a new password there:\n\n{link}\n\nIf it was not you, there \
                 is nothing to do.",
            ),
            Self::AccessRequested => (
                "{who} asks for access",
                "Hello {name},\n\n{who} ({address}) has confirmed the address and asks for access to {store}. You \
                 decide here:\n\n{link}",
            ),
            Self::AccessDeclined => (
                "Your request for access",
                "Hello {name},\n\n{store} has not given the access that was asked for with this address. If that \
                 is a mistake, ask your administrator.",
            ),
            Self::SignInCode => (
                "Your sign-in code",
                "Hello {name},\n\nyour code to sign in to {store} is\n\n{code}\n\nIt is good for ten minutes, once. \
                 Tell it to nobody: nobody of ours asks for it. If you did not ask for it, somebody knows your \
                 password: change it, and tell your administrator.",
            ),
            Self::ApiKeyEnding => (
                "The API key {key} ends on {day}",
                "Hello {name},\n\nthe API key {key} of {owner} at {store} stops working on {day}. If a program \
                 still needs it, make a new key and put it in place of the old one before that:\n\n{link}",
            ),
        };
        Template::ours(subject, body)
    }
}
