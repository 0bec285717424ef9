//! Codes that are sent by mail or as a text: setting one up as a factor, sending one, and the proof by it.

use std::time::Duration;

use autolytiq_db::{AuditRecord, SystemTx, SystemUse};
use autolytiq_kernel::{DealershipId, FactorId, Origin, PersonId, TenantCtx, problem::FieldError};
use autolytiq_mail::{Letter, TextMessage, To, send as send_mail};
use autolytiq_secrets::Protected;
use secrecy::SecretString;
use serde_json::json;

use super::{
    entry::{self, Step},
    factors::{self, Added, Enrolling, Whose},
    passkeys::holder_of,
    proof,
    session::person_of,
};
use crate::{
    domain::{
        factor::{account_digest, sending_digest},
        name::Name,
        phone::TextNumber,
        sent_code::{self, Channel},
    },
    error::IdentityError,
    identity::Identity,
    store::{
        challenge::{self, NewChallenge},
        factor, member, person, sent_code as stored,
        throttle::{self, Attempt},
    },
};

/// How long a provider may take with a text.
const PROVIDER_TIME: Duration = Duration::from_secs(8);
/// Who acts before anybody is signed in.
const DOORMAN: &str = "identity.codes";

/// A code that is on its way.
#[derive(Debug)]
pub(crate) struct SentCode {
    /// Where to, as its person recognises it.
    pub(crate) to: String,
}

/// A factor that waits for the code that was sent.
pub(crate) struct NewFactor {
    pub(crate) id: FactorId,
    pub(crate) sent: SentCode,
}

/// Where a code goes.
enum Address {
    Email(String),
    Number(TextNumber),
}

impl Address {
    fn masked(&self) -> String {
        match self {
            Self::Email(email) => sent_code::masked_address(email),
            Self::Number(number) => number.masked(),
        }
    }
}

/// For whom, and for which store it is sent and written down.
struct Receiver {
    person: PersonId,
    ctx: TenantCtx,
    origin: Origin,
}

impl Receiver {
    fn of(who: &Enrolling<'_>, whose: &Whose<'_>) -> Self {
        match who {
            Enrolling::Session(ctx) => Self { person: whose.person, ctx: (*ctx).clone(), origin: ctx.origin() },
            Enrolling::Ticket { origin, .. } => Self::at_the_door(whose.person, whose.store(), *origin),
        }
    }

    fn at_the_door(person: PersonId, store: DealershipId, origin: Origin) -> Self {
        #[expect(clippy::disallowed_methods, reason = "the store is that of a membership of ours")]
        let ctx = TenantCtx::for_job(DOORMAN, store, origin.request);
        Self { person, ctx, origin }
    }
}

/// Begins to set up codes that are sent, by sending the first one.
///
/// # Errors
/// [`IdentityError::TicketRefused`], [`IdentityError::Invalid`] for a number that is none or a channel that is not
/// offered, [`IdentityError::TooManyCodes`], [`IdentityError::NotSent`], or a failure of ours.
pub(crate) async fn begin(
    identity: &Identity,
    who: &Enrolling<'_>,
    channel: Channel,
    number: Option<&str>,
) -> Result<NewFactor, IdentityError> {
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let whose = who.whose(&mut tx).await?;
    if stored::has(&mut tx, whose.person, channel.kind()).await? {
        return Err(invalid(
            "/channel",
            "there-already",
            "codes are sent this way already; take that factor away first",
        ));
    }
    let address = match channel {
        Channel::Email => Address::Email(person::by_id(&mut tx, whose.person).await?.email),
        Channel::Sms => {
            if identity.texts().is_none() {
                return Err(invalid("/channel", "not-offered", "text messages are not set up here"));
            }
            let number = TextNumber::parse(number.unwrap_or_default());
            Address::Number(number.ok_or_else(|| {
                invalid("/number", "not-a-number", "write it with its area, like (214) 555-0123 or +44 7700 900123")
            })?)
        }
    };
    let id: FactorId = tx.new_id();
    let key = identity.vault().person_key(&mut tx, whose.person).await?;
    let sealed = match &address {
        Address::Number(number) => {
            let number = Protected::new(number.as_str().to_owned());
            Some(key.seal("factor.secret", id.uuid().as_bytes(), &number)?)
        }
        Address::Email(_) => None,
    };
    let name = match channel {
        Channel::Email => "E-mail code".to_owned(),
        Channel::Sms => format!("Text to {}", address.masked()),
    };
    factor::insert_waiting(&mut tx, whose.person, id, channel.kind(), &name, sealed.as_ref()).await?;
    let holder = whose.holder();
    let receiver = Receiver::of(who, &whose);
    let sent = issue(identity, tx, (holder, channel.enrolment()), &receiver, channel, &address).await?;
    Ok(NewFactor { id, sent })
}

/// Confirms it by the code that was sent.
///
/// # Errors
/// [`IdentityError::FactorRefused`] for a wrong code, [`IdentityError::SignInLocked`] after too many, and
/// [`IdentityError::NotFound`] when nothing waits for one.
pub(crate) async fn confirm(
    identity: &Identity,
    who: &Enrolling<'_>,
    id: FactorId,
    code: &str,
    name: Option<&Name>,
) -> Result<Added, IdentityError> {
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let whose = who.whose(&mut tx).await?;
    let kind = stored::lock_waiting(&mut tx, whose.person, id).await?;
    let channel = kind.as_deref().and_then(Channel::of_kind);
    let channel = channel.ok_or(IdentityError::NotFound("factor that waits for its first code"))?;
    let account = account_digest(whose.person);
    if let Attempt::Locked(until) = throttle::count(&mut tx, account).await? {
        return Err(proof::locked(identity, until));
    }
    let holder = whose.holder();
    if !matches(identity, &mut tx, (holder, channel.enrolment()), whose.person, code).await? {
        let receiver = Receiver::of(who, &whose);
        let trail = (Some(receiver.ctx.acting()), receiver.ctx.actor());
        return Err(proof::refuse(identity, tx, whose.person, channel.method(), trail, receiver.origin).await?);
    }
    throttle::clear(&mut tx, account).await?;
    stored::confirm(&mut tx, id).await.map_err(|error| {
        // Two began at the same time, and the other one was quicker.
        if error.is_duplicate_of("factor_sent_once") { IdentityError::FactorRefused } else { error.into() }
    })?;
    if let Some(name) = name {
        factor::rename(&mut tx, id, name.as_str()).await?;
    }
    let added = factors::added(identity, &mut tx, who, whose, (id, channel.method())).await?;
    tx.commit().await?;
    Ok(added)
}

/// Sends a code for the next proof, of a log-in by its ticket, or of a session.
///
/// # Errors
/// [`IdentityError::TicketRefused`], [`IdentityError::NotFound`] when it is none of the person's factors, and as
/// [`begin`].
pub(crate) async fn send(
    identity: &Identity,
    ticket: Option<&str>,
    ctx: Option<&TenantCtx>,
    channel: Channel,
    origin: Origin,
) -> Result<SentCode, IdentityError> {
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let (holder, receiver) = match (ticket, ctx) {
        (Some(text), _) => {
            let ticket = entry::take(&mut tx, text).await?;
            if entry::next_step(&mut tx, &ticket).await? != Some(Step::Factor) {
                return Err(IdentityError::TicketRefused);
            }
            let person = ticket.person;
            let store = member::any_store_of(&mut tx, person).await?.ok_or(IdentityError::TicketRefused)?;
            let holder = holder_of(Some(&ticket), None);
            (holder, Receiver::at_the_door(person, store, origin))
        }
        (None, Some(ctx)) => {
            let actor = person_of(ctx)?;
            let receiver = Receiver { person: actor.person, ctx: ctx.clone(), origin: ctx.origin() };
            (holder_of(None, Some(actor.session)), receiver)
        }
        (None, None) => return Err(IdentityError::TicketRefused),
    };
    let address = address_of(identity, &mut tx, receiver.person, channel).await?;
    issue(identity, tx, (holder, channel.kind()), &receiver, channel, &address).await
}

/// Whether the code is the one that was sent to this holder, whose factor it still is. The right one is used up.
pub(super) async fn weigh(
    identity: &Identity,
    tx: &mut SystemTx,
    (person, holder): (PersonId, [u8; 32]),
    channel: Channel,
    code: &str,
) -> Result<bool, IdentityError> {
    Ok(matches(identity, tx, (holder, channel.kind()), person, code).await?
        && stored::used(tx, person, channel.kind()).await?)
}

async fn address_of(
    identity: &Identity,
    tx: &mut SystemTx,
    person: PersonId,
    channel: Channel,
) -> Result<Address, IdentityError> {
    match channel {
        Channel::Email if stored::has(tx, person, channel.kind()).await? => {
            Ok(Address::Email(person::by_id(tx, person).await?.email))
        }
        Channel::Sms if identity.texts().is_some() => {
            let Some((id, sealed)) = stored::number(tx, person).await? else {
                return Err(IdentityError::NotFound("factor"));
            };
            let key = identity.vault().existing_person_key(tx, person).await?;
            let number = key.open("factor.secret", id.uuid().as_bytes(), &sealed)?;
            TextNumber::parse(number.expose()).map(Address::Number).ok_or(IdentityError::NotFound("factor"))
        }
        _ => Err(IdentityError::NotFound("factor")),
    }
}

/// Makes a code, keeps its hash, and sends it after the commit.
async fn issue(
    identity: &Identity,
    mut tx: SystemTx,
    (holder, kind): ([u8; 32], &'static str),
    receiver: &Receiver,
    channel: Channel,
    address: &Address,
) -> Result<SentCode, IdentityError> {
    if let Attempt::Locked(until) = throttle::count(&mut tx, sending_digest(receiver.person)).await? {
        tx.commit().await?;
        return Err(IdentityError::TooManyCodes { until, now: identity.clock().now() });
    }
    let code = sent_code::generate()?;
    let key = identity.vault().person_key(&mut tx, receiver.person).await?;
    let digest = Protected::new(sent_code::digest(holder, &code));
    let content = key.seal("factor_challenge.content", &holder, &digest)?;
    let expires_at = tx.now() + sent_code::LIFETIME;
    let person = receiver.person;
    challenge::put(&mut tx, &NewChallenge { holder, kind, person, content: &content, expires_at }).await?;
    let access = member::access_of(&mut tx, person).await?;
    let name = access.iter().find(|access| access.dealership == receiver.ctx.acting()).or(access.first());
    let (name, store) = name.map(|access| (access.name.clone(), access.store_name.clone())).unwrap_or_default();
    let message: FactorId = tx.new_id();
    tx.commit().await?;
    if let Address::Number(number) = address {
        let body = SecretString::from(text_of(&store, &code));
        text(identity, TextMessage { id: message.uuid(), to: number.as_str().to_owned(), body }).await?;
    }
    let mut tx = identity.db().tenant(&receiver.ctx).await?;
    if let Address::Email(email) = address {
        let to = To { name, email: email.clone() };
        let letter = Letter::SignInCode { code: SecretString::from(code) };
        send_mail(&mut tx, identity.vault(), &to, &letter, Some(expires_at)).await?;
    }
    let details = json!({ "method": channel.kind(), "address": receiver.origin.address });
    tx.audit(AuditRecord::new("factor.code_sent", person).after(&details)).await?;
    tx.commit().await?;
    Ok(SentCode { to: address.masked() })
}

/// Hands a text to the provider, which does not keep anybody waiting.
async fn text(identity: &Identity, text: TextMessage) -> Result<(), IdentityError> {
    let provider = identity.texts().ok_or(IdentityError::NotFound("factor"))?;
    match tokio::time::timeout(PROVIDER_TIME, provider.send(&text)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => {
            tracing::error!(error = &error as &dyn std::error::Error, "identity.text.not_sent");
            Err(IdentityError::NotSent)
        }
        Err(_) => {
            tracing::error!(seconds = PROVIDER_TIME.as_secs(), "identity.text.slow");
            Err(IdentityError::NotSent)
        }
    }
}

/// One text of a message's length.
fn text_of(store: &str, code: &str) -> String {
    let store: String = store.chars().take(60).collect();
    format!("{code} is your sign-in code for {store}. It is good for ten minutes. Tell it to nobody.")
}

/// Whether this is the code that waits; the right one is taken out, a wrong one leaves it to the next attempt, of which
/// there are five.
async fn matches(
    identity: &Identity,
    tx: &mut SystemTx,
    (holder, kind): ([u8; 32], &'static str),
    person: PersonId,
    code: &str,
) -> Result<bool, IdentityError> {
    let Some(content) = challenge::lock(tx, holder, kind, person).await? else { return Ok(false) };
    let key = identity.vault().existing_person_key(tx, person).await?;
    let kept = key.open("factor_challenge.content", &holder, &content)?;
    if !sent_code::is_it(kept.expose(), holder, code) {
        return Ok(false);
    }
    challenge::delete(tx, holder, kind).await?;
    Ok(true)
}

fn invalid(pointer: &'static str, code: &'static str, detail: &'static str) -> IdentityError {
    IdentityError::Invalid(vec![FieldError::new(pointer, code, detail)])
}
