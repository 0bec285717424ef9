//! The seam to whoever knows access tokens: `service/identity` in the product, a table in tests.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use autolytiq_authz::Scope;
use autolytiq_kernel::problem::{Problem, codes};
use autolytiq_kernel::{Feature, Origin, PersonActor, TenantCtx};
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};

/// How long a proof of who one is counts for sensitive acts.
const CONFIRMED_FOR: SignedDuration = SignedDuration::from_mins(10);
/// How often a stream asks whether its session still stands.
const ASK_AGAIN: Duration = Duration::from_millis(900);

/// A request whose access token was verified: who, acting for which store, reading which stores.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who acts, in which log-in, with which role in the acting store.
    pub actor: PersonActor,
    /// The context that opens a tenant transaction.
    pub ctx: TenantCtx,
    /// When the access token ends; a live stream ends with it.
    pub expires_at: Timestamp,
    /// What an API key was made for; nothing for a person who signed in.
    pub key_scope: Option<Scope>,
    /// When the person last proved in this session who they are. Nobody proves anything by an API key.
    pub confirmed_at: Option<Timestamp>,
}

impl Session {
    /// The permissions within which the request acts.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.key_scope.unwrap_or(Scope::ALL)
    }

    /// Lets through whoever has lately proved who they are: for acts that an unattended screen must not allow.
    ///
    /// # Errors
    /// 403 `confirmation-required` when the last proof is older than ten minutes.
    pub fn confirmed(&self, now: Timestamp) -> Result<(), Problem> {
        if self.confirmed_at.is_some_and(|at| now.duration_since(at) <= CONFIRMED_FOR) {
            return Ok(());
        }
        Err(Problem::new(&codes::CONFIRMATION_REQUIRED, "prove again who you are, then send the request once more"))
    }
}

/// Turns an access token into a session. Called once per request that carries one, so it must be quick and must notice
/// a revocation at once.
pub trait TokenVerifier: Send + Sync + 'static {
    /// Verifies `bearer`, the text after `Bearer `, for a request from `origin`.
    fn verify<'a>(&'a self, bearer: &'a str, origin: Origin) -> BoxFuture<'a, Result<Session, VerifyError>>;
}

/// Why a token gives no session.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// It is not one of ours, or was tampered with, or the person is no longer a member of the store.
    #[error("the access token is not valid")]
    Invalid,
    /// Its time is over.
    #[error("the access token has expired")]
    Expired,
    /// The session was ended by the person, by an administrator or because a refresh token was used twice.
    #[error("the session was ended")]
    Revoked,
    /// An API key that is unknown, has expired or was revoked, or whose owner has left.
    #[error("the API key is not valid")]
    Key,
    /// A good API key of a kind that its store has switched off.
    #[error("the store has switched off what the API key belongs to")]
    SwitchedOff(Feature),
    /// It cannot be verified at the moment.
    #[error("the access token cannot be verified at the moment")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
}

impl From<VerifyError> for Problem {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::Invalid => Self::new(&codes::UNAUTHENTICATED, "the access token is not valid"),
            VerifyError::Expired => Self::new(&codes::TOKEN_EXPIRED, "get a new one with the refresh token"),
            VerifyError::Revoked => Self::new(&codes::SESSION_REVOKED, "sign in again"),
            VerifyError::Key => Self::new(
                &codes::UNAUTHENTICATED,
                "the API key is unknown, has expired or was revoked, or its owner has no access any more",
            ),
            VerifyError::SwitchedOff(feature) => feature.refusal(),
            VerifyError::Unavailable(source) => Self::unavailable(source),
        }
    }
}

/// What the authentication layer found in the request; the guards read it from the request's extensions.
#[derive(Debug, Clone)]
pub(crate) enum Caller {
    /// No token.
    Nobody,
    /// A token that was refused. A public operation does not mind.
    Refused(Problem),
    /// A verified session.
    Person(Arc<Verified>),
}

/// A session with what it takes to ask again.
pub(crate) struct Verified {
    pub(crate) session: Session,
    pub(crate) bearer: String,
    pub(crate) verifier: Arc<dyn TokenVerifier>,
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified").field("session", &self.session).finish_non_exhaustive()
    }
}

impl Verified {
    /// Resolves within a second after the session was revoked or the token has expired.
    pub(crate) async fn ended(self: Arc<Self>) {
        loop {
            tokio::time::sleep(ASK_AGAIN).await;
            match self.verifier.verify(&self.bearer, self.session.ctx.origin()).await {
                // A database that is away for a moment has revoked nothing.
                Ok(_) | Err(VerifyError::Unavailable(_)) => {}
                Err(
                    VerifyError::Invalid
                    | VerifyError::Expired
                    | VerifyError::Revoked
                    | VerifyError::Key
                    | VerifyError::SwitchedOff(_),
                ) => return,
            }
        }
    }
}

impl Caller {
    /// The session, or why there is none.
    pub(crate) fn verified(&self) -> Result<&Arc<Verified>, Problem> {
        match self {
            Self::Person(verified) => Ok(verified),
            Self::Refused(problem) => Err(problem.clone()),
            Self::Nobody => {
                Err(Problem::new(&codes::UNAUTHENTICATED, "send the access token as `Authorization: Bearer …`"))
            }
        }
    }
}
