//! Exchanging a refresh token for a new pair.
//!
//! A token is good once. Seeing it again means that two hold it, and the whole session ends, whoever came second.
//!
//! There is one grace, for what honest browsers do: two tabs that wake up together, or a page that is reloaded while
//! the answer is on its way, so that the new cookie never arrives. For [`GRACE`] after the exchange, and only while the
//! successor is unused, the same token gets *another* successor and the first one is worthless. So there is never more
//! than one good token in a session, and a thief who uses the grace is found out as any other: the owner's next refresh
//! brings a replaced token, and the session ends. Only a request that a browser vouches for (`Sec-Fetch-Site`, which no
//! script can set) is given it, since programs have no tabs.

use autolytiq_db::{AuditRecord, SystemTx, SystemUse};
use autolytiq_kernel::{Actor, Origin, PersonActor, Role};
use jiff::SignedDuration;
use serde_json::json;

use super::session::{self, REFRESH_LIFETIME, SignedIn, Standing};
use crate::{
    crypto::refresh::{RefreshDigest, RefreshToken},
    error::IdentityError,
    identity::Identity,
    store::{
        change, limits,
        member::{self, Access},
        session::{self as sessions, Ending, Presented, Use},
    },
};

/// How long after its exchange a token may come again from a browser.
pub(crate) const GRACE: SignedDuration = SignedDuration::from_secs(10);

/// Whether a browser vouches for where the request came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vouched {
    /// A browser says that one of our own pages sent it.
    ByBrowser,
    /// Anything else.
    No,
}

/// Exchanges a refresh token for a new one and an access token.
///
/// # Errors
/// [`IdentityError::RefreshRefused`] when the token is unknown, expired or was used before;
/// [`IdentityError::SessionEnded`] when the session was; or a failure of ours.
pub async fn refresh(
    identity: &Identity,
    token: &str,
    vouched: Vouched,
    origin: Origin,
) -> Result<SignedIn, IdentityError> {
    let digest = RefreshDigest::of(token);
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    let presented = sessions::present(&mut tx, digest).await?;
    let presented = presented.ok_or(IdentityError::RefreshRefused("the refresh token is unknown"))?;
    if presented.ended {
        return Err(IdentityError::SessionEnded);
    }
    let now = tx.now();
    let access = member::access_of(&mut tx, presented.person).await?;
    let limits = limits::of(&mut tx, presented.dealership).await?;
    if now >= presented.created_at + limits.absolute() {
        return Err(end_family(identity, tx, &presented, &access, origin, &TOO_OLD).await?);
    }
    if now >= presented.last_used_at + limits.idle() {
        return Err(end_family(identity, tx, &presented, &access, origin, &IDLE).await?);
    }
    let next = RefreshToken::generate()?;
    match presented.use_ {
        Use::Fresh if presented.expires_at <= now => {
            return Err(IdentityError::RefreshRefused("the refresh token has expired"));
        }
        Use::Fresh => sessions::exchange(&mut tx, digest, next.digest()).await?,
        Use::ExchangedFor { at, successor } if vouched == Vouched::ByBrowser && now.duration_since(at) <= GRACE => {
            sessions::exchange(&mut tx, successor, next.digest()).await?;
            sessions::replace_successor(&mut tx, digest, next.digest()).await?;
        }
        Use::ExchangedFor { .. } | Use::Spent => {
            return Err(end_family(identity, tx, &presented, &access, origin, &REUSED).await?);
        }
    }
    let Some(acting) = acting(&access, &presented) else {
        return Err(IdentityError::RefreshRefused("you have access to no store any more"));
    };
    sessions::add_token(&mut tx, presented.session, next.digest(), now + REFRESH_LIFETIME).await?;
    sessions::touch(&mut tx, presented.session, acting.dealership).await?;
    let standing = Standing { person: presented.person, session: presented.session, acting, access: &access };
    let signed_in = session::signed_in(identity, &mut tx, &standing, Some(&next), origin).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// The session's store, or another one when access to it has ended.
fn acting<'a>(access: &'a [Access], presented: &Presented) -> Option<&'a Access> {
    access.iter().find(|access| access.dealership == presented.dealership).or(access.first())
}

/// Why a session ends at its refresh, and how it is said.
struct End {
    because: Ending,
    action: &'static str,
    told: &'static str,
}

const REUSED: End = End {
    because: Ending::RefreshReused,
    action: "session.refresh_reused",
    told: "the refresh token was used before, so the session was ended",
};
const IDLE: End = End {
    because: Ending::Idle,
    action: "session.idle",
    told: "the session was not used for longer than your store allows",
};
const TOO_OLD: End = End {
    because: Ending::TooOld,
    action: "session.too_old",
    told: "you have been signed in for as long as your store allows",
};

/// Ends the session and writes down why.
async fn end_family(
    identity: &Identity,
    mut tx: SystemTx,
    presented: &Presented,
    access: &[Access],
    origin: Origin,
    end: &End,
) -> Result<IdentityError, IdentityError> {
    sessions::end(&mut tx, presented.session, end.because).await?;
    let role = acting(access, presented).map_or(Role::Salesperson, |access| access.role);
    let actor = Actor::Person(PersonActor { person: presented.person, session: presented.session, role });
    let record = AuditRecord::new(end.action, presented.session).after(&json!({ "ended": true }));
    tx.audit(presented.dealership, &actor, origin, record).await?;
    change::record(&mut tx, presented.person).await?;
    tx.commit().await?;
    identity.cache().forget(presented.person);
    if end.because == Ending::RefreshReused {
        tracing::warn!(session = %presented.session, request = %origin.request, "identity.refresh.reused");
        metrics::counter!("refresh_reused_total").increment(1);
    }
    Ok(IdentityError::RefreshRefused(end.told))
}
