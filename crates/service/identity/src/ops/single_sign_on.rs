//! Signing in with the identity of a store's own provider, and out again.

use autolytiq_db::{AuditRecord, SystemTx, SystemUse, TenantTx};
use autolytiq_http::Platform;
use autolytiq_kernel::{DealershipId, Origin, PersonId, Role, TenantCtx};
use autolytiq_oidc::{Asked, ClientAuth, Expected, Identity as Outside, Returned};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use secrecy::SecretString;
use serde_json::json;
use sha2::{Digest, Sha256};
use url::Url;

use super::{
    entry::{self, Entry, FirstStep},
    session::{ClientInfo, person_of},
    single_sign_on_settings::secret_of,
    users,
};
use crate::{
    crypto::refresh::random_text,
    domain::{
        custom_role::Given,
        email::Email,
        name::Name,
        password::TypedPassword,
        profile::NewPerson,
        single_sign_on::{Connection, Said},
    },
    error::{IdentityError, SsoRefusal},
    identity::Identity,
    store::{
        member, person, seats,
        single_sign_on::{self as store, Stored},
    },
};

/// How long somebody may be at the provider.
const AWAY: SignedDuration = SignedDuration::from_mins(10);
/// Who adds people and changes roles on a provider's word.
const JOB: &str = "identity.single_sign_on";
/// The page that the provider sends the browser back to.
pub(crate) const CALLBACK: &str = "/sign-in/return";

/// A browser on its way to the provider.
pub(crate) struct Begun {
    pub(crate) url: Url,
    /// What the browser keeps in a cookie meanwhile.
    pub(crate) browser: SecretString,
}

/// The two secrets of an attempt: one travels with the provider, one stays in the browser. Whoever has only one of them,
/// the provider and its log or another site that starts a sign-in, can finish nothing.
struct Attempt<'a> {
    state: &'a str,
    browser: &'a str,
}

impl Attempt<'_> {
    fn digests(&self) -> ([u8; 32], [u8; 32]) {
        (Sha256::digest(self.state).into(), Sha256::digest(self.browser).into())
    }

    /// A value for one purpose that takes both secrets to make.
    fn value(&self, purpose: &str) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{purpose}|{}|{}", self.state, self.browser)))
    }
}

/// The stores whose provider vouches for the host of this address, by name.
pub(crate) async fn stores_for(
    identity: &Identity,
    typed_email: &str,
) -> Result<Vec<(DealershipId, String)>, IdentityError> {
    let Ok(email) = Email::parse(typed_email) else { return Ok(Vec::new()) };
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let stores = store::stores_of_host(&mut tx, email.host()).await?;
    tx.commit().await?;
    Ok(stores)
}

/// Sends a browser to a store's provider.
pub(crate) async fn begin(
    identity: &Identity,
    platform: &Platform,
    dealership: DealershipId,
    origin: Origin,
) -> Result<Begun, IdentityError> {
    let (stored, _) = connection(platform, dealership, origin).await?;
    let connection = stored.connection;
    let provider = identity.oidc().discover(&connection.issuer).await.map_err(SsoRefusal::from)?;
    let (state, browser) = (random_text()?, random_text()?);
    let attempt = Attempt { state: &state, browser: &browser };
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let expires_at = tx.now() + AWAY;
    store::begin(&mut tx, attempt.digests(), dealership, expires_at).await?;
    tx.commit().await?;
    let redirect_uri = platform.settings.link(CALLBACK);
    let auth = ClientAuth { client_id: &connection.client_id, secret: None, redirect_uri: &redirect_uri };
    let (nonce, verifier) = (attempt.value("nonce"), attempt.value("verifier"));
    let asked = Asked { state: &state, nonce: &nonce, verifier: &verifier, claim: connection.role_claim.as_deref() };
    let url = provider.authorization(&auth, &asked);
    Ok(Begun { url, browser: SecretString::from(browser) })
}

/// What the provider sent the browser back with, and what the browser kept.
pub(crate) struct Back<'a> {
    pub(crate) code: &'a str,
    pub(crate) state: &'a str,
    pub(crate) issuer: Option<&'a str>,
    pub(crate) browser: &'a str,
}

/// Lets in whom the provider vouches for.
pub(crate) async fn finish(
    identity: &Identity,
    platform: &Platform,
    back: &Back<'_>,
    client: &ClientInfo,
    origin: Origin,
) -> Result<Entry, IdentityError> {
    let attempt = Attempt { state: back.state, browser: back.browser };
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    let dealership = store::finish(&mut tx, attempt.digests()).await?;
    tx.commit().await?;
    let dealership = dealership.ok_or(SsoRefusal::Stale)?;
    let entered = admit(identity, platform, back, &attempt, (dealership, client, origin)).await;
    if let Err(IdentityError::SingleSignOn(why)) = &entered {
        tracing::info!(request = %origin.request, %why, "identity.single_sign_on.refused");
        let mut tx = platform.db.tenant(&job(dealership, origin)).await?;
        let details = json!({ "userAgent": client.kept_user_agent(), "by": "sso", "why": why.to_string() });
        tx.audit(AuditRecord::new("session.refused", dealership).after(&details)).await?;
        tx.commit().await?;
    }
    entered
}

async fn admit(
    identity: &Identity,
    platform: &Platform,
    back: &Back<'_>,
    attempt: &Attempt<'_>,
    (dealership, client, origin): (DealershipId, &ClientInfo, Origin),
) -> Result<Entry, IdentityError> {
    let (stored, secret) = connection(platform, dealership, origin).await?;
    let who = ask(identity, platform, &stored.connection, secret.as_ref(), (attempt, back)).await?;
    let person = recognise(identity, platform, &stored.connection, &who, &job(dealership, origin)).await?;
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    speaks_for(&mut tx, person, dealership, &stored.connection.issuer).await?;
    let first = FirstStep::Outside { store: dealership, second_factor: who.second_factor };
    let entered = entry::enter(identity, &mut tx, person, &first, client, origin).await?;
    tx.commit().await?;
    Ok(entered)
}

async fn ask(
    identity: &Identity,
    platform: &Platform,
    connection: &Connection,
    secret: Option<&SecretString>,
    (attempt, back): (&Attempt<'_>, &Back<'_>),
) -> Result<Outside, SsoRefusal> {
    let redirect_uri = platform.settings.link(CALLBACK);
    let provider = identity.oidc().discover(&connection.issuer).await?;
    let auth = ClientAuth { client_id: &connection.client_id, secret, redirect_uri: &redirect_uri };
    let expected = Expected {
        issuer: &connection.issuer,
        client_id: &connection.client_id,
        nonce: &attempt.value("nonce"),
        now: identity.clock().now(),
    };
    let returned = Returned { code: back.code, verifier: &attempt.value("verifier"), issuer: back.issuer };
    Ok(identity.oidc().identify(&provider, &auth, &returned, &expected).await?)
}

/// The connection of a store that nobody acts for yet, with its secret.
async fn connection(
    platform: &Platform,
    dealership: DealershipId,
    origin: Origin,
) -> Result<(Stored, Option<SecretString>), IdentityError> {
    let mut tx = platform.db.tenant(&job(dealership, origin)).await?;
    let stored = store::find(&mut tx).await?.filter(|stored| stored.connection.active);
    let stored = stored.ok_or(IdentityError::NotFound("single sign-on"))?;
    let secret = secret_of(platform, &mut tx, &stored).await?;
    tx.commit().await?;
    Ok((stored, secret))
}

#[expect(clippy::disallowed_methods, reason = "on the word of the store's provider, which names the store")]
fn job(dealership: DealershipId, origin: Origin) -> TenantCtx {
    TenantCtx::for_job(JOB, dealership, origin.request)
}

/// A store's provider speaks for the store's people. Of somebody who reaches other stores as well, every one of them must
/// trust the same provider: otherwise whoever administers one store could name a provider that opens another's.
async fn speaks_for(
    tx: &mut SystemTx,
    person: PersonId,
    dealership: DealershipId,
    issuer: &str,
) -> Result<(), IdentityError> {
    let mut stores = stores_of(tx, person).await?;
    stores.retain(|store| *store != dealership);
    let trusting = store::trust(tx, &stores, issuer).await?;
    if trusting.len() == stores.len() { Ok(()) } else { Err(SsoRefusal::WorksElsewhere.into()) }
}

/// Every store that a person reaches.
async fn stores_of(tx: &mut SystemTx, person: PersonId) -> Result<Vec<DealershipId>, IdentityError> {
    let seats = seats::of(tx, person).await?;
    let own = seats.seats.iter().map(|seat| seat.store);
    let mut stores: Vec<DealershipId> = own.chain(seats.rooftops.iter().map(|(store, _)| *store)).collect();
    stores.sort_unstable();
    stores.dedup();
    Ok(stores)
}

/// Whether somebody's stores want no password of them: the provider of such a store can let them in, and they administer
/// none. Administrators keep their passwords, since a provider that is away must not close the store.
pub(crate) async fn password_closed(tx: &mut SystemTx, person: PersonId) -> Result<bool, IdentityError> {
    let stores = stores_of(tx, person).await?;
    let issuers = store::issuers_without_passwords(tx, &stores).await?;
    if issuers.is_empty() || member::access_of(tx, person).await?.iter().any(|access| access.role.administers()) {
        return Ok(false);
    }
    let email = person::by_id(tx, person).await?.email;
    let host = email.rsplit_once('@').map_or("", |(_, host)| host);
    for issuer in issuers {
        let trusting = store::trust(tx, &stores, &issuer).await?;
        let vouched =
            trusting.iter().any(|(_, passwords, hosts)| !passwords && hosts.iter().any(|known| known == host));
        if vouched && trusting.len() == stores.len() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Who of the store this is; somebody new is added where the store wants that.
async fn recognise(
    identity: &Identity,
    platform: &Platform,
    connection: &Connection,
    who: &Outside,
    ctx: &TenantCtx,
) -> Result<PersonId, IdentityError> {
    let values = connection.role_claim.as_deref().map(|claim| who.texts(claim)).unwrap_or_default();
    let said = connection.says(&values);

    let mut tx = platform.db.tenant(ctx).await?;
    if let Some(person) = known(&mut tx, connection, who).await? {
        follow(&mut tx, person, said).await?;
        tx.commit().await?;
        identity.cache().forget(person);
        return Ok(person);
    }
    drop(tx);

    let email = vouched_email(connection, who)?;
    let given = match said {
        Said::Is(given) | Said::Nothing(Some(given)) => given,
        Said::Nothing(None) => return Err(SsoRefusal::Unknown.into()),
        Said::Nobody => return Err(SsoRefusal::NoRole.into()),
    };
    provision(identity, platform, connection, who, (email, given), ctx).await
}

/// Adds somebody who came for the first time.
async fn provision(
    identity: &Identity,
    platform: &Platform,
    connection: &Connection,
    who: &Outside,
    (email, given): (Email, Given),
    ctx: &TenantCtx,
) -> Result<PersonId, IdentityError> {
    // Whoever works elsewhere is asked after before anything is written.
    let mut tx = identity.db().system(SystemUse::LogIn).await?;
    if let Some(elsewhere) = person::by_email(&mut tx, &email).await? {
        speaks_for(&mut tx, elsewhere.id, ctx.acting(), &connection.issuer).await?;
    }
    tx.commit().await?;
    let name = Name::parse(who.name().unwrap_or_else(|| email.local_part()));
    let name = name.or_else(|_| Name::parse(email.local_part())).map_err(|_| SsoRefusal::Address)?;
    // They have a password like everybody, which nobody knows.
    let password = TypedPassword::new(&random_text()?);
    let prepared = users::prepare(identity, NewPerson { name, email, password }).await?;
    let mut tx = platform.db.tenant(ctx).await?;
    let user = users::add_user(&mut tx, &prepared, given).await?;
    link(&mut tx, connection, who, user.person).await?;
    tx.commit().await?;
    Ok(user.person)
}

/// The member that this is: one who came before, or one whose address the provider may speak for.
async fn known(tx: &mut TenantTx, connection: &Connection, who: &Outside) -> Result<Option<PersonId>, IdentityError> {
    let person = match store::linked(tx, &connection.issuer, &who.subject).await? {
        Some(person) => person,
        None => {
            let email = vouched_email(connection, who)?;
            let Some(person) = store::member_by_email(tx, email.as_str()).await? else { return Ok(None) };
            // An address that the provider has given to somebody else since is not the person any more.
            if store::is_linked(tx, &connection.issuer, person).await? {
                return Err(SsoRefusal::AnotherAccount.into());
            }
            link(tx, connection, who, person).await?;
            person
        }
    };
    let active = member::find(tx, person).await?.is_some_and(|user| user.active);
    if active { Ok(Some(person)) } else { Err(SsoRefusal::AccessEnded.into()) }
}

async fn link(
    tx: &mut TenantTx,
    connection: &Connection,
    who: &Outside,
    person: PersonId,
) -> Result<(), IdentityError> {
    store::link(tx, &connection.issuer, &who.subject, person).await?;
    let after = json!({ "issuer": connection.issuer, "subject": who.subject });
    tx.audit(AuditRecord::new("user.linked", person).after(&after)).await?;
    Ok(())
}

fn vouched_email(connection: &Connection, who: &Outside) -> Result<Email, SsoRefusal> {
    let email = who.verified_email().and_then(|text| Email::parse(text).ok());
    email.filter(|email| connection.vouches_for(email)).ok_or(SsoRefusal::Address)
}

/// Makes somebody what the provider says they are. A store keeps its last administrator and a group its own, whatever a
/// store's provider says.
async fn follow(tx: &mut TenantTx, person: PersonId, said: Said) -> Result<(), IdentityError> {
    let Some(user) = member::find(tx, person).await? else { return Err(SsoRefusal::AccessEnded.into()) };
    let given = match said {
        Said::Is(given) if user.role != Role::GroupAdministrator => given,
        Said::Is(_) | Said::Nothing(_) => return Ok(()),
        Said::Nobody => return Err(SsoRefusal::NoRole.into()),
    };
    match users::set_role(tx, person, given, user.version).await {
        Ok(_) | Err(IdentityError::LastAdministrator) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Where a browser ends the session at the provider that vouched for it; asked before the session ends here.
pub(crate) async fn leave(
    identity: &Identity,
    platform: &Platform,
    ctx: &TenantCtx,
) -> Result<Option<Url>, IdentityError> {
    let session = person_of(ctx)?.session;
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    let found = store::ends_at(&mut tx, session).await?;
    tx.commit().await?;
    let Some((endpoint, client_id)) = found else { return Ok(None) };
    let Ok(mut url) = Url::parse(&endpoint) else { return Ok(None) };
    url.query_pairs_mut()
        .append_pair("client_id", &client_id)
        .append_pair("post_logout_redirect_uri", &platform.settings.link("/sign-in"));
    Ok(Some(url))
}
