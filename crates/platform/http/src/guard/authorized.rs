//! The three extractors a handler can begin with.

use std::marker::PhantomData;
use std::sync::Arc;

use autolytiq_authz::{Action, Grant, Permission};
use autolytiq_db::TenantTx;
use autolytiq_kernel::problem::{Problem, codes};
use autolytiq_kernel::{Origin, PersonId, TenantCtx};
use axum::extract::FromRequestParts;
use http::request::Parts;

use crate::error::{ApiError, ApiResult};
use crate::guard::{Caller, Session, Verified};
use crate::layer::RequestMeta;
use crate::platform::Platform;

/// The caller has the permission that `A` stands for, in the store they act for.
pub struct Authorized<A> {
    verified: Arc<Verified>,
    grant: Grant,
    platform: Platform,
    action: PhantomData<fn() -> A>,
}

impl<A: Action> Authorized<A> {
    /// Opens a transaction of the acting store. Commit it; dropped, it leaves nothing behind.
    ///
    /// # Errors
    /// When no connection is to be had.
    pub async fn begin(&self) -> ApiResult<TenantTx> {
        begin(&self.platform, self.session()).await
    }

    /// The proof that the check was passed, with how far the permission reaches.
    #[must_use]
    pub fn grant(&self) -> &Grant {
        &self.grant
    }

    /// Who acts.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.session().actor.person
    }

    /// The store they act for and those they may read.
    #[must_use]
    pub fn ctx(&self) -> &TenantCtx {
        &self.session().ctx
    }

    /// The session behind the request.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.verified.session
    }

    /// Resolves within a second after the session was revoked or the token has expired; a live stream ends with it.
    pub fn ended(&self) -> impl Future<Output = ()> + Send + 'static {
        Arc::clone(&self.verified).ended()
    }

    /// Clock, ids and the process's other services.
    #[must_use]
    pub fn platform(&self) -> &Platform {
        &self.platform
    }
}

impl<A: Action> FromRequestParts<Platform> for Authorized<A> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, platform: &Platform) -> Result<Self, Self::Rejection> {
        let verified = verified(parts)?;
        let session = &verified.session;
        let grant = Grant::within(&session.ctx, session.scope(), A::PERMISSION)
            .ok_or_else(|| refusal(A::PERMISSION, &verified.session))?;
        if grant.reach() < A::LEAST {
            return Err(too_short(A::PERMISSION, session).into());
        }
        Ok(Self { verified, grant, platform: platform.clone(), action: PhantomData })
    }
}

/// The caller is signed in; what they may do does not matter to the operation, or is decided inside it. An API key is
/// refused: it has permissions, and what needs none (one's own account, sessions and keys) is for people.
pub struct Authenticated {
    verified: Arc<Verified>,
    platform: Platform,
}

impl Authenticated {
    /// Opens a transaction of the acting store.
    ///
    /// # Errors
    /// When no connection is to be had.
    pub async fn begin(&self) -> ApiResult<TenantTx> {
        begin(&self.platform, self.session()).await
    }

    /// Who acts.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.session().actor.person
    }

    /// The store they act for and those they may read.
    #[must_use]
    pub fn ctx(&self) -> &TenantCtx {
        &self.session().ctx
    }

    /// The session behind the request.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.verified.session
    }

    /// Resolves within a second after the session was revoked or the token has expired; a live stream ends with it.
    pub fn ended(&self) -> impl Future<Output = ()> + Send + 'static {
        Arc::clone(&self.verified).ended()
    }

    /// Clock, ids and the process's other services.
    #[must_use]
    pub fn platform(&self) -> &Platform {
        &self.platform
    }

    /// Asks for a permission that only some inputs of the operation need.
    ///
    /// # Errors
    /// 403 `forbidden` when the role does not have it.
    pub fn require(&self, permission: Permission) -> ApiResult<Grant> {
        let session = self.session();
        Grant::within(&session.ctx, session.scope(), permission).ok_or_else(|| refusal(permission, session).into())
    }
}

impl FromRequestParts<Platform> for Authenticated {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, platform: &Platform) -> Result<Self, Self::Rejection> {
        let verified = verified(parts)?;
        if verified.session.key_scope.is_some() {
            return Err(Problem::new(&codes::FORBIDDEN, "this is for people who signed in, not for API keys").into());
        }
        Ok(Self { verified, platform: platform.clone() })
    }
}

/// Anybody may call this, signed in or not. It opens no tenant transaction.
pub struct Public {
    origin: Origin,
    verified: Option<Arc<Verified>>,
    platform: Platform,
}

impl Public {
    /// The request's id and the caller's address.
    #[must_use]
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// The session, if the request carried a valid token.
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        self.verified.as_deref().map(|verified| &verified.session)
    }

    /// Clock, ids and the process's other services.
    #[must_use]
    pub fn platform(&self) -> &Platform {
        &self.platform
    }
}

impl FromRequestParts<Platform> for Public {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, platform: &Platform) -> Result<Self, Self::Rejection> {
        let origin = RequestMeta::of(&parts.extensions)?.origin;
        Ok(Self { origin, verified: verified(parts).ok(), platform: platform.clone() })
    }
}

fn verified(parts: &Parts) -> Result<Arc<Verified>, Problem> {
    match parts.extensions.get::<Caller>() {
        Some(caller) => caller.verified().cloned(),
        // Without the authentication layer nobody gets in.
        None => Caller::Nobody.verified().cloned(),
    }
}

async fn begin(platform: &Platform, session: &Session) -> ApiResult<TenantTx> {
    Ok(platform.db.tenant(&session.ctx).await?)
}

/// The permission is there, and ends at the store.
fn too_short(permission: Permission, session: &Session) -> Problem {
    let role = session.actor.role;
    let detail = format!("the permission {permission} of the role {role} does not reach the other stores of the group");
    Problem::new(&codes::FORBIDDEN, detail).with("permission", permission.id())
}

fn refusal(permission: Permission, session: &Session) -> Problem {
    let role = session.actor.role;
    if session.key_scope.is_some_and(|scope| !scope.has(permission)) {
        return Problem::new(&codes::FORBIDDEN, format!("the API key was not made for the permission {permission}"))
            .with("permission", permission.id());
    }
    Problem::new(&codes::FORBIDDEN, format!("the role {role} does not have the permission {permission}"))
        .with("permission", permission.id())
}
