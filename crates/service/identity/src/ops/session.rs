//! What signing in, refreshing, switching and asking have in common: a session as the client sees it.

use autolytiq_authz::{Reach, Role, permissions_in, reach_with};
use autolytiq_db::{DbError, SystemTx, SystemUse};
use autolytiq_kernel::{DealershipId, Feature, Origin, PersonActor, PersonId, SessionId, TenantCtx};
use jiff::SignedDuration;
use secrecy::SecretString;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    crypto::{
        access::{self, Subject},
        refresh::RefreshToken,
    },
    domain::{place::StorePlace, profile::CURRENCY},
    error::IdentityError,
    identity::Identity,
    store::{
        dealership, limits,
        member::{self, Access},
        seats::{self, Seats},
        session,
    },
    verify,
};

/// How long a refresh token can be exchanged. Each exchange begins anew.
pub(crate) const REFRESH_LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What a client says of itself.
#[derive(Debug, Clone, Default)]
pub struct ClientInfo {
    /// The `User-Agent` header, for the list of one's sessions.
    pub user_agent: Option<String>,
}

impl ClientInfo {
    /// The part of the user agent that is kept.
    pub(crate) fn kept_user_agent(&self) -> Option<String> {
        let text: String = self.user_agent.as_deref()?.chars().filter(|c| !c.is_control()).take(400).collect();
        (!text.is_empty()).then_some(text)
    }
}

/// A session that was just opened, refreshed or switched.
#[derive(Debug)]
pub struct SignedIn {
    /// The access token, for the `Authorization` header.
    pub access_token: SecretString,
    /// How long it is good for.
    pub expires_in: SignedDuration,
    /// The refresh token for the cookie, where there is a new one.
    pub refresh_token: Option<SecretString>,
    /// Who, where, as what.
    pub session: SessionView,
    /// What opens a transaction of the store.
    pub ctx: TenantCtx,
}

/// The session as the client sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Session)]
pub struct SessionView {
    /// Who is signed in.
    pub person: PersonView,
    /// The store they act for.
    pub dealership: ActingStore,
    /// What they are there; of the store's own roles, the predefined one that theirs begins with.
    pub role: Role,
    /// The name of the store's own role, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_name: Option<String>,
    /// What they may do there.
    pub permissions: Vec<&'static str>,
    /// Those of them that reach every store of the group.
    pub group_permissions: Vec<&'static str>,
    /// What the store has switched off: refused to everybody there, whatever their role may do.
    pub switched_off: Vec<Feature>,
    /// Every store they can switch to, the acting one among them.
    pub stores: Vec<StoreChoice>,
}

/// Who is signed in, as the acting store calls them.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SessionPerson)]
pub struct PersonView {
    /// The person.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
}

/// The store one acts for.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SessionDealership)]
pub struct ActingStore {
    /// The store.
    pub id: DealershipId,
    /// Its name.
    pub name: String,
    /// Its time zone, in which its dates are.
    pub time_zone: String,
    /// Where it stands.
    pub place: StorePlace,
    /// Its currency, USD.
    pub currency: &'static str,
    /// Whether it is a demonstration store.
    pub demo: bool,
}

/// A store one has access to.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SessionStore)]
pub struct StoreChoice {
    /// The store.
    pub id: DealershipId,
    /// Its name.
    pub name: String,
    /// What one is there.
    pub role: Role,
}

/// A person in a session, acting for one of the stores they have access to.
pub(crate) struct Standing<'a> {
    pub(crate) person: PersonId,
    pub(crate) session: SessionId,
    pub(crate) acting: &'a Access,
    pub(crate) access: &'a [Access],
}

impl Standing<'_> {
    pub(crate) fn actor(&self) -> PersonActor {
        PersonActor { person: self.person, session: self.session, role: self.acting.role }
    }
}

/// Everything an answer with a new access token needs.
pub(crate) async fn signed_in(
    identity: &Identity,
    tx: &mut SystemTx,
    standing: &Standing<'_>,
    refresh_token: Option<&RefreshToken>,
    origin: Origin,
) -> Result<SignedIn, IdentityError> {
    let actor = standing.actor();
    let (created_at, confirmed_at) = session::times(tx, actor.session).await?;
    let limits = limits::of(tx, standing.acting.dealership).await?;
    let now = identity.clock().now();
    // No token outlives its session.
    let not_after = created_at + limits.absolute();
    let subject = Subject {
        person: actor.person,
        session: actor.session,
        acting: standing.acting.dealership,
        role: actor.role,
        confirmed_at,
        not_after,
    };
    let access_token = identity.tokens().issue(subject, now)?;
    let seats = seats::of(tx, standing.person).await?;
    Ok(SignedIn {
        access_token: SecretString::from(access_token),
        expires_in: access::LIFETIME.min(not_after.duration_since(now)),
        refresh_token: refresh_token.map(|token| SecretString::from(token.expose())),
        session: view(tx, standing, &seats).await?,
        ctx: verify::context(actor, standing.acting.dealership, &seats, origin),
    })
}

/// The session as the client sees it.
async fn view(tx: &mut SystemTx, standing: &Standing<'_>, seats: &Seats) -> Result<SessionView, IdentityError> {
    let acting = standing.acting;
    let seat = seats.at(acting.dealership);
    let profile = dealership::by_id(tx, acting.dealership).await?;
    let profile = profile.ok_or_else(|| DbError::inconsistent("membership", "dealership_id", "no such store"))?;
    let powers = seat.and_then(|seat| seat.powers);
    Ok(SessionView {
        person: PersonView { id: standing.person, name: acting.name.clone(), email: acting.email.clone() },
        dealership: ActingStore {
            id: profile.id,
            name: profile.name,
            time_zone: profile.zone.name().to_owned(),
            place: profile.place,
            currency: CURRENCY,
            demo: profile.demo,
        },
        role: acting.role,
        role_name: acting.role_name.clone(),
        switched_off: seat.map(|seat| seat.off.iter().collect()).unwrap_or_default(),
        permissions: permissions_in(acting.role, powers).map(|permission| permission.id()).collect(),
        group_permissions: permissions_in(acting.role, powers)
            .filter(|permission| reach_with(acting.role, powers.as_ref(), *permission) == Reach::Group)
            .map(|permission| permission.id())
            .collect(),
        stores: standing
            .access
            .iter()
            .map(|access| StoreChoice { id: access.dealership, name: access.store_name.clone(), role: access.role })
            .collect(),
    })
}

/// Opens a session with its first refresh token.
pub(crate) async fn open(
    tx: &mut SystemTx,
    person: PersonId,
    acting: DealershipId,
    client: &ClientInfo,
    origin: Origin,
) -> Result<(SessionId, RefreshToken), IdentityError> {
    let user_agent = client.kept_user_agent();
    let new =
        session::NewSession { person, dealership: acting, user_agent: user_agent.as_deref(), address: origin.address };
    let id = session::open(tx, &new).await?;
    let token = RefreshToken::generate()?;
    let expires_at = tx.now() + REFRESH_LIFETIME;
    session::add_token(tx, id, token.digest(), expires_at).await?;
    Ok((id, token))
}

/// The session of a request, as the client sees it.
pub(crate) async fn current(identity: &Identity, ctx: &TenantCtx) -> Result<SessionView, IdentityError> {
    let actor = person_of(ctx)?;
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    let access = member::access_of(&mut tx, actor.person).await?;
    let acting = find(&access, ctx.acting())?;
    let standing = Standing { person: actor.person, session: actor.session, acting, access: &access };
    let seats = seats::of(&mut tx, actor.person).await?;
    let view = view(&mut tx, &standing, &seats).await?;
    tx.commit().await?;
    Ok(view)
}

/// The access to one store.
pub(crate) fn find(access: &[Access], store: DealershipId) -> Result<&Access, IdentityError> {
    access.iter().find(|access| access.dealership == store).ok_or(IdentityError::NotFound("store"))
}

/// The person behind a context; a job has no session.
pub(crate) fn person_of(ctx: &TenantCtx) -> Result<PersonActor, IdentityError> {
    match ctx.actor() {
        autolytiq_kernel::Actor::Person(actor) => Ok(*actor),
        autolytiq_kernel::Actor::Job(_) => Err(IdentityError::NotFound("session")),
    }
}
