//! What identity refuses, and how it says so.

use autolytiq_authz::Permission;
use autolytiq_db::DbError;
use autolytiq_kernel::DealershipId;
use autolytiq_kernel::problem::{FieldError, Problem, codes, problem_codes};
use autolytiq_mail::MailError;
use autolytiq_oidc::OidcError;
use autolytiq_secrets::SecretsError;
use jiff::Timestamp;

use crate::{
    crypto::{hasher::HashError, keys::KeyError, refresh::NoRandomness},
    domain::password::WeakPassword,
};

problem_codes! {
    /// The address or the password is wrong; it is not said which.
    pub const SIGN_IN_REFUSED = 401, "sign-in-refused", "The e-mail address or the password is wrong";
    /// Too many failures for this account.
    pub const SIGN_IN_LOCKED = 429, "sign-in-locked", "Too many failed attempts for this account";
    /// The second factor is wrong, or was used before.
    pub const FACTOR_REFUSED = 422, "factor-refused", "This code is not accepted";
    /// The log-in took too long, or is finished.
    pub const SIGN_IN_EXPIRED = 401, "sign-in-expired", "Begin the sign-in again";
    /// The last second factor of somebody who has to have one.
    pub const LAST_FACTOR = 409, "last-factor", "Your role needs a second factor";
    /// There is nothing to recover from.
    pub const NO_FACTOR = 409, "no-factor", "Set up a second factor first";
    /// Somebody's mailbox is not to be filled.
    pub const TOO_MANY_CODES = 429, "too-many-codes", "Too many codes were asked for";
    /// The provider of text messages did not take it.
    pub const CODE_NOT_SENT = 503, "code-not-sent", "The code could not be sent";
    /// More passwords to check than the machine should spend its time on.
    pub const SIGN_IN_BUSY = 503, "sign-in-busy", "Too many people sign in at this moment";
    /// The refresh cookie is missing or no longer good.
    pub const REFRESH_REFUSED = 401, "refresh-refused", "The session cannot be continued";
    /// The installation has a store already.
    pub const SET_UP_DONE = 409, "set-up-done", "This installation is set up already";
    /// The set-up token is not the one that was printed.
    pub const SET_UP_TOKEN = 403, "set-up-token", "The set-up token is wrong";
    /// The person works in this store already, or did.
    pub const ALREADY_A_MEMBER = 409, "already-a-member", "This person is in the store's list already";
    /// An import of people can be taken back for a day.
    pub const IMPORT_UNDO_OVER = 409, "import-undo-over", "This import can no longer be taken back";
    /// Nobody would be left to administer the store.
    pub const LAST_ADMINISTRATOR = 409, "last-administrator", "A store keeps at least one administrator";
    /// A link of a mail was used, or has run out.
    pub const LINK_SPENT = 410, "link-spent", "This link is no longer good";
    /// An owner has as many keys as one can look after.
    pub const TOO_MANY_KEYS = 409, "too-many-keys", "Too many API keys";
    /// Somebody tried to lower or end their own access.
    pub const OWN_ACCESS = 409, "own-access", "Nobody changes their own access";
    /// The role lets its holder do more than the caller may.
    pub const BEYOND_OWN_ROLE = 403, "beyond-own-role", "The role may do more than yours";
    /// Another role of the store has this name.
    pub const ROLE_NAME_TAKEN = 409, "role-name-taken", "Another role of the store has this name";
    /// Somebody has the role, or another role begins with it.
    pub const ROLE_IN_USE = 409, "role-in-use", "The role is in use";
    /// Another team of the store has this name.
    pub const TEAM_NAME_TAKEN = 409, "team-name-taken", "Another team of the store has this name";
    /// Somebody is in the team.
    pub const TEAM_IN_USE = 409, "team-in-use", "There are people in the team";
    /// A store has so many teams and no more.
    pub const TOO_MANY_TEAMS = 409, "too-many-teams", "There are too many teams";
    /// The provider did not say what would let the person in.
    pub const SSO_REFUSED = 403, "single-sign-on-refused", "Your company's sign-in does not open an account here";
    /// The provider is away, or answers what cannot be used.
    pub const SSO_PROVIDER = 502, "single-sign-on-provider", "Your company's sign-in does not work at the moment";
    /// The store wants its people to come from its provider.
    pub const SSO_ONLY = 403, "single-sign-on-only", "Sign in with your company's account";
    /// A store has so many roles, one beginning with the other, and no more.
    pub const TOO_MANY_ROLES = 409, "too-many-roles", "There are too many roles";
}

/// Why a use case of identity did not happen.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IdentityError {
    /// Wrong address or password, or nowhere to work.
    #[error("the e-mail address or the password is wrong")]
    SignInRefused,
    /// Too many failures; nothing is looked at before this time.
    #[error("the account is locked until {until}")]
    SignInLocked {
        /// When the next attempt is looked at.
        until: Timestamp,
        /// Now, for `Retry-After`.
        now: Timestamp,
    },
    /// The second factor is wrong or spent.
    #[error("the second factor is not accepted")]
    FactorRefused,
    /// The ticket is unknown, spent, too old, or for another step.
    #[error("the ticket of the log-in is not good")]
    TicketRefused,
    /// A store's provider let nobody in.
    #[error("single sign-on: {0}")]
    SingleSignOn(#[from] SsoRefusal),
    /// The password is right and the store wants none.
    #[error("the store wants its people to come from its provider")]
    PasswordClosed,
    /// A log-in of which more was expected than is done.
    #[error("the log-in is not finished")]
    StepsLeft,
    /// Nobody with such a role is without a second factor.
    #[error("the last second factor stays")]
    LastFactor,
    /// Recovery codes without a factor.
    #[error("there is no second factor")]
    NoFactor,
    /// So many codes are sent to a person within 15 minutes, and no more.
    #[error("no code is sent until {until}")]
    TooManyCodes {
        /// When the next one is sent.
        until: Timestamp,
        /// Now, for `Retry-After`.
        now: Timestamp,
    },
    /// The provider of text messages did not take it.
    #[error("the code could not be sent")]
    NotSent,
    /// The keys of what is sealed.
    #[error(transparent)]
    Secrets(SecretsError),
    /// The queue of password checks is full.
    #[error("too many passwords are being checked")]
    Busy,
    /// The refresh token is missing, unknown, spent or expired.
    #[error("the refresh token is not good: {0}")]
    RefreshRefused(&'static str),
    /// The session was ended.
    #[error("the session was ended")]
    SessionEnded,
    /// There is a store already.
    #[error("the installation is set up")]
    SetUpDone,
    /// Not the token that was printed.
    #[error("the set-up token is wrong")]
    SetUpToken,
    /// A password that may not be set; the pointer says where it stands in the input.
    #[error("the password is not accepted")]
    WeakPassword(&'static str, #[source] WeakPassword),
    /// Fields that cannot be accepted.
    #[error("some of the input cannot be accepted")]
    Invalid(Vec<FieldError>),
    /// The link of a mail was used, has run out, or never was.
    #[error("the link is no longer good")]
    LinkSpent,
    /// The person has a membership already.
    #[error("the person is a member already")]
    AlreadyAMember,
    /// More than a day has passed.
    #[error("the import can no longer be taken back")]
    ImportUndoOver,
    /// Nobody would be left to administer the store.
    #[error("the store would have no administrator")]
    LastAdministrator,
    /// As many API keys as one owner may have.
    #[error("the owner has too many keys")]
    TooManyKeys,
    /// One's own role or access.
    #[error("nobody changes their own access")]
    OwnAccess,
    /// An act in every store of the group, by somebody who does not reach every one of them.
    #[error("a part of the group is out of reach")]
    PartOfGroup,
    /// An act in several stores, and the one that refuses it.
    #[error("{name} refuses: {refusal}")]
    InStore {
        /// The store.
        store: DealershipId,
        /// Its name.
        name: String,
        /// Why.
        refusal: Box<IdentityError>,
    },
    /// No such user, store or session, as far as the caller may know.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// Nobody hands out more than they have.
    #[error("the role has {0}, which yours does not have as far")]
    BeyondOwnRole(Permission),
    /// Another role of the store has this name.
    #[error("another role of the store has this name")]
    RoleNameTaken,
    /// Somebody has the role, or another role begins with it.
    #[error("the role is in use")]
    RoleInUse,
    /// A store has so many roles and no more.
    #[error("the store has too many roles, or too many begin with one another")]
    TooManyRoles,
    /// Another team of the store has this name.
    #[error("another team of the store has this name")]
    TeamNameTaken,
    /// Somebody is in the team.
    #[error("somebody is in the team")]
    TeamInUse,
    /// A store has so many teams and no more.
    #[error("the store has too many teams")]
    TooManyTeams,
    /// Somebody saved meanwhile.
    #[error("version {yours} is not the current version {current}")]
    VersionConflict {
        /// What the caller changed.
        yours: i64,
        /// What is stored.
        current: i64,
    },
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A message could not be written.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// The signing keys.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// Hashing a password failed.
    #[error("a password could not be hashed: {0}")]
    Hashing(String),
    /// The random source of the system failed.
    #[error("the system's random source failed")]
    Randomness,
    /// The file with the set-up token.
    #[error("the set-up token cannot be written to {path}")]
    TokenFile {
        /// Where.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Why a store's provider let nobody in. The words go into the store's trail.
#[derive(Debug, thiserror::Error)]
pub enum SsoRefusal {
    /// The attempt is unknown, spent, too old, or of another browser.
    #[error("the attempt is not good")]
    Stale,
    /// The provider.
    #[error("{0}")]
    Provider(#[from] OidcError),
    /// The client secret cannot be read any more.
    #[error("the client secret cannot be opened")]
    Unsealed,
    /// No address, one that is not verified, or one of a host that the provider is not believed about.
    #[error("the provider tells no verified address of the store's hosts")]
    Address,
    /// The address belongs to a member who is somebody else at the provider.
    #[error("the address belongs to a member who came with another account of the provider")]
    AnotherAccount,
    /// Nobody with this address works here, and nobody is added.
    #[error("nobody with this address works here")]
    Unknown,
    /// No rule fits.
    #[error("no rule gives a role for what the provider says")]
    NoRole,
    /// The member's access was ended.
    #[error("the member's access has ended")]
    AccessEnded,
    /// The person reaches a store that does not trust the provider.
    #[error("the person works in a store that does not trust this provider")]
    WorksElsewhere,
}

impl From<SsoRefusal> for Problem {
    fn from(refusal: SsoRefusal) -> Self {
        use SsoRefusal as R;
        match refusal {
            R::Stale => Self::new(&SIGN_IN_EXPIRED, "it took too long, or was begun in another window; begin again"),
            R::Provider(_) | R::Unsealed => Self::new(
                &SSO_PROVIDER,
                "try again in a minute; your administrator finds the reason in the audit trail",
            ),
            R::Address | R::AnotherAccount | R::Unknown | R::NoRole | R::AccessEnded | R::WorksElsewhere => Self::new(
                &SSO_REFUSED,
                "sign in with your password if you have one, or ask your administrator, who finds the reason in the audit trail",
            ),
        }
    }
}

impl From<HashError> for IdentityError {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Busy,
            HashError::Broken(why) => Self::Hashing(why),
        }
    }
}

impl From<SecretsError> for IdentityError {
    fn from(error: SecretsError) -> Self {
        match error {
            SecretsError::Db(error) => Self::Db(error),
            other => Self::Secrets(other),
        }
    }
}

impl From<NoRandomness> for IdentityError {
    fn from(_: NoRandomness) -> Self {
        Self::Randomness
    }
}

impl From<IdentityError> for Problem {
    fn from(error: IdentityError) -> Self {
        use IdentityError as E;
        match error {
            E::SignInRefused => Self::new(&SIGN_IN_REFUSED, "check both, and mind capital letters"),
            E::SignInLocked { until, now } => {
                let seconds = u64::try_from(until.duration_since(now).as_secs().max(1)).unwrap_or(1);
                let minutes = seconds.div_ceil(60);
                Self::new(&SIGN_IN_LOCKED, format!("try again in {minutes} minutes, or ask your administrator"))
                    .retry_after(seconds)
            }
            E::TooManyCodes { until, now } => {
                let seconds = u64::try_from(until.duration_since(now).as_secs().max(1)).unwrap_or(1);
                let minutes = seconds.div_ceil(60);
                Self::new(
                    &TOO_MANY_CODES,
                    format!("the next one is sent in {minutes} minutes; the last one may still come"),
                )
                .retry_after(seconds)
            }
            E::NotSent => Self::new(&CODE_NOT_SENT, "try again in a moment, or choose another way"),
            E::FactorRefused => Self::new(&FACTOR_REFUSED, "each code works once; wait for the next one and try again"),
            E::TicketRefused | E::StepsLeft => {
                Self::new(&SIGN_IN_EXPIRED, "enter your e-mail address and password again")
            }
            E::SingleSignOn(refusal) => refusal.into(),
            E::PasswordClosed => Self::new(&SSO_ONLY, "your store takes no passwords; use single sign-on below"),
            E::LastFactor => Self::new(&LAST_FACTOR, "set another one up before you remove this one"),
            E::NoFactor => Self::new(&NO_FACTOR, "recovery codes stand in for a factor that was lost"),
            E::Busy => Self::new(&SIGN_IN_BUSY, "try again in a few seconds").retry_after(2),
            E::RefreshRefused(why) => Self::new(&REFRESH_REFUSED, format!("{why}; sign in again")),
            E::SessionEnded => Self::new(&codes::SESSION_REVOKED, "sign in again"),
            E::SetUpDone => Self::new(&SET_UP_DONE, "sign in; an administrator of a store adds people"),
            E::SetUpToken => {
                Self::new(&SET_UP_TOKEN, "copy it from the output of `autolytiq serve` or from the file that it names")
            }
            E::WeakPassword(pointer, why) => Self::invalid_field(pointer, why.code(), why.to_string()),
            E::Invalid(errors) => Self::invalid(errors),
            E::AlreadyAMember => {
                Self::new(&ALREADY_A_MEMBER, "change their role, or give them access again, instead of adding them")
            }
            E::ImportUndoOver => {
                Self::new(&IMPORT_UNDO_OVER, "it is more than a day old; end the access of each person instead")
            }
            E::LastAdministrator => Self::new(&LAST_ADMINISTRATOR, "make somebody else an administrator first"),
            E::TooManyKeys => Self::new(&TOO_MANY_KEYS, "end one that is not used any more first"),
            E::PartOfGroup => Self::new(&codes::FORBIDDEN, "your role does not reach every store of the group"),
            E::InStore { store, name, refusal } => {
                Self::from(*refusal).at(&name).with("dealershipId", store.to_string())
            }
            E::OwnAccess => Self::new(&OWN_ACCESS, "ask another administrator"),
            E::BeyondOwnRole(permission) => {
                Self::new(&BEYOND_OWN_ROLE, format!("it has {permission}, which your role does not have as far"))
                    .with("permission", permission.id())
            }
            E::RoleNameTaken => Self::new(&ROLE_NAME_TAKEN, "give it a name of its own"),
            E::RoleInUse => Self::new(
                &ROLE_IN_USE,
                "give the people who have it another role first, and change the roles that begin with it",
            ),
            E::TooManyRoles => {
                Self::new(&TOO_MANY_ROLES, "at most 100 roles, and at most six that begin with one another")
            }
            E::TeamNameTaken => Self::new(&TEAM_NAME_TAKEN, "give it a name of its own"),
            E::TeamInUse => Self::new(&TEAM_IN_USE, "put the people in it into another team first, or into none"),
            E::TooManyTeams => Self::new(&TOO_MANY_TEAMS, "a store has at most 100; remove one that nobody is in"),
            E::NotFound(what) => Self::new(&codes::NOT_FOUND, format!("there is no such {what}")),
            E::VersionConflict { yours, current } => Self::version_conflict(yours, current, None),
            E::Db(DbError::Stale) => {
                Self::new(&codes::CONFLICT, "somebody else changed this at the same moment; try again")
            }
            E::Db(error) => error.into(),
            E::Mail(error) => error.into(),
            E::LinkSpent => {
                Self::new(&LINK_SPENT, "it was used, it has run out, or it was never sent; ask for another one")
            }
            E::Secrets(error) => error.into(),
            other @ (E::Keys(_) | E::Hashing(_) | E::Randomness | E::TokenFile { .. }) => Self::internal(other),
        }
    }
}
