//! The door: what somebody who has proved a first thing still has to do, and the session at the end of it.
//!
//! Every way in ends here, by password, after the set-up or from an outside provider. [`enter`] opens the session when
//! nothing is left to do; otherwise it writes a ticket, and each further step ends in [`go_on`].

use autolytiq_db::{AuditRecord, DbError, SystemTx};
use autolytiq_kernel::{Actor, DealershipId, Origin, PersonId};
use jiff::SignedDuration;
use secrecy::SecretString;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    session::{self, ClientInfo, SignedIn, Standing},
    single_sign_on,
};
use crate::{
    crypto::refresh::{RefreshDigest, RefreshToken},
    domain::factor::{self, Method},
    error::IdentityError,
    identity::Identity,
    store::{
        factor as factors,
        member::{self, Access},
        person, session as sessions,
        ticket::{self, Ticket},
    },
};

/// How long a log-in may stand between two steps.
const TICKET_LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// What a ticket says of the first step.
const PASSWORD: &str = "password";
const OUTSIDE: &str = "sso:";

/// What a person has proved when they come to the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FirstStep {
    /// The password.
    Password,
    /// A store's OpenID provider vouches for them.
    Outside {
        /// The store.
        store: DealershipId,
        /// Whether it says that it asked for a second factor itself.
        second_factor: bool,
    },
}

impl FirstStep {
    fn name(&self) -> String {
        match self {
            Self::Password => PASSWORD.to_owned(),
            Self::Outside { store, .. } => format!("{OUTSIDE}{store}"),
        }
    }
}

/// What comes of a step.
#[derive(Debug)]
pub enum Entry {
    /// Everything is done.
    Open(Box<SignedIn>),
    /// Something is left.
    Pending(Pending),
    /// The person works nowhere.
    Nowhere,
}

impl Entry {
    /// The session, for callers that know that nothing is left to do.
    ///
    /// # Errors
    /// [`IdentityError::StepsLeft`], [`IdentityError::SignInRefused`].
    pub fn open(self) -> Result<SignedIn, IdentityError> {
        match self {
            Self::Open(signed_in) => Ok(*signed_in),
            Self::Pending(_) => Err(IdentityError::StepsLeft),
            Self::Nowhere => Err(IdentityError::SignInRefused),
        }
    }
}

/// A log-in that is not finished.
#[derive(Debug)]
pub struct Pending {
    /// What continues it; opaque, and known to whoever began alone.
    pub ticket: SecretString,
    /// How long it may.
    pub expires_in: SignedDuration,
    /// What to do next.
    pub step: Step,
    /// The ways in which it can be done.
    pub methods: Vec<Method>,
}

/// What is to be done before the session opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SignInStep)]
pub enum Step {
    /// Prove a second factor.
    Factor,
    /// Set a second factor up: the role asks for one, and there is none.
    Enrol,
    /// Replace the password, which somebody else chose.
    ChangePassword,
}

/// Lets somebody in who has proved a first thing. The transaction is the caller's, who commits it.
///
/// # Errors
/// A failure of ours.
pub(crate) async fn enter(
    identity: &Identity,
    tx: &mut SystemTx,
    person: PersonId,
    first: &FirstStep,
    client: &ClientInfo,
    origin: Origin,
) -> Result<Entry, IdentityError> {
    let token = RefreshToken::generate()?;
    let factor_done = matches!(first, FirstStep::Outside { second_factor: true, .. });
    let ticket = Ticket {
        digest: token.digest(),
        person,
        first_step: first.name(),
        factor_done,
        expires_at: tx.now() + TICKET_LIFETIME,
    };
    let access = member::access_of(tx, person).await?;
    if access.is_empty() {
        return Ok(Entry::Nowhere);
    }
    if *first == FirstStep::Password && single_sign_on::password_closed(tx, person).await? {
        return Err(IdentityError::PasswordClosed);
    }
    match remaining(tx, &ticket, &access).await? {
        Some((step, mut methods)) => {
            methods.retain(|method| identity.offers(*method));
            ticket::insert(tx, &ticket).await?;
            let ticket = SecretString::from(token.expose());
            Ok(Entry::Pending(Pending { ticket, expires_in: TICKET_LIFETIME, step, methods }))
        }
        None => open(identity, tx, &ticket, &access, None, client, origin).await,
    }
}

/// The ticket of a log-in, locked.
///
/// # Errors
/// [`IdentityError::TicketRefused`] when it is unknown, its time is over, or its session is open.
pub(crate) async fn take(tx: &mut SystemTx, text: &str) -> Result<Ticket, IdentityError> {
    ticket::lock(tx, RefreshDigest::of(text)).await?.ok_or(IdentityError::TicketRefused)
}

/// What is left to do on a ticket, if anything.
pub(crate) async fn next_step(tx: &mut SystemTx, ticket: &Ticket) -> Result<Option<Step>, IdentityError> {
    let access = member::access_of(tx, ticket.person).await?;
    Ok(remaining(tx, ticket, &access).await?.map(|(step, _)| step))
}

/// Goes on after a step: opens the session, and the ticket is gone, or tells the next step.
///
/// # Errors
/// A failure of ours.
pub(crate) async fn go_on(
    identity: &Identity,
    tx: &mut SystemTx,
    (ticket, text): (&Ticket, &str),
    with: Option<Method>,
    client: &ClientInfo,
    origin: Origin,
) -> Result<Entry, IdentityError> {
    let access = member::access_of(tx, ticket.person).await?;
    if access.is_empty() {
        return Ok(Entry::Nowhere);
    }
    match remaining(tx, ticket, &access).await? {
        Some((step, mut methods)) => {
            methods.retain(|method| identity.offers(*method));
            let expires_in = ticket.expires_at.duration_since(tx.now());
            Ok(Entry::Pending(Pending { ticket: SecretString::from(text), expires_in, step, methods }))
        }
        None => {
            ticket::delete(tx, ticket).await?;
            open(identity, tx, ticket, &access, with, client, origin).await
        }
    }
}

/// The first step that is left, with the ways to do it.
async fn remaining(
    tx: &mut SystemTx,
    ticket: &Ticket,
    access: &[Access],
) -> Result<Option<(Step, Vec<Method>)>, DbError> {
    if !ticket.factor_done {
        let factors = factors::confirmed(tx, ticket.person).await?;
        if !factors.is_empty() {
            let mut methods: Vec<Method> = factors.iter().map(|factor| factor.method).collect();
            methods.sort_unstable();
            methods.dedup();
            if factors::recovery_codes_left(tx, ticket.person).await? > 0 {
                methods.push(Method::RecoveryCode);
            }
            return Ok(Some((Step::Factor, methods)));
        }
        if must_have_factor(tx, ticket.person, access).await? {
            return Ok(Some((Step::Enrol, Method::ENROLLED.to_vec())));
        }
    }
    // Whoever came from an outside provider does not use the password.
    if ticket.first_step == PASSWORD && person::must_change(tx, ticket.person).await? {
        return Ok(Some((Step::ChangePassword, Vec::new())));
    }
    Ok(None)
}

/// Whether the person signs in with a second factor. The demonstration's people do not, as long as they work in
/// demonstration stores alone.
pub(crate) async fn must_have_factor(tx: &mut SystemTx, person: PersonId, access: &[Access]) -> Result<bool, DbError> {
    let exempt = access.iter().all(|access| access.demo) && factors::is_demo(tx, person).await?;
    Ok(!exempt && factor::required(access.iter().map(|access| access.role)))
}

/// Opens the session, in the store where the person was last.
async fn open(
    identity: &Identity,
    tx: &mut SystemTx,
    ticket: &Ticket,
    access: &[Access],
    with: Option<Method>,
    client: &ClientInfo,
    origin: Origin,
) -> Result<Entry, IdentityError> {
    // Whoever comes from a store's provider goes to that store.
    let vouched_by = ticket.first_step.strip_prefix(OUTSIDE).and_then(|store| store.parse::<DealershipId>().ok());
    let last_store = match vouched_by {
        Some(store) => Some(store),
        None => sessions::last_store(tx, ticket.person).await?,
    };
    let last = access.iter().find(|access| Some(access.dealership) == last_store);
    let Some(acting) = last.or(access.first()) else { return Ok(Entry::Nowhere) };
    let (session, token) = session::open(tx, ticket.person, acting.dealership, client, origin).await?;
    if let Some(store) = vouched_by {
        sessions::vouched(tx, session, store).await?;
    }
    let standing = Standing { person: ticket.person, session, acting, access };
    let record = AuditRecord::new("session.signed_in", session).after(&json!({
        "userAgent": client.kept_user_agent(), "by": ticket.first_step, "factor": with.map(Method::as_str),
    }));
    tx.audit(acting.dealership, &Actor::Person(standing.actor()), origin, record).await?;
    let signed_in = session::signed_in(identity, tx, &standing, Some(&token), origin).await?;
    Ok(Entry::Open(Box::new(signed_in)))
}
