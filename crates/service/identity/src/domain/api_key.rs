//! API keys: who they act for, within what, until when.

use std::net::IpAddr;

use autolytiq_authz::{Permission, Reach, Role, Scope, reach};
use autolytiq_kernel::{Fault, PersonId, typed_id};
use jiff::{SignedDuration, Timestamp};

typed_id! {
    /// An API key.
    ApiKeyId = "api-key",
}

/// How long a key is good for unless somebody says otherwise.
pub(crate) const DEFAULT_DAYS: u16 = 90;
/// The longest anybody can say.
pub(crate) const MOST_DAYS: u16 = 365;
/// Keys of one owner that can be used at a time.
pub(crate) const MOST_KEYS: i64 = 25;

/// How long before its end somebody is reminded.
pub(crate) const REMIND_BEFORE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An API key without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiKey {
    pub(crate) id: ApiKeyId,
    pub(crate) owner: PersonId,
    pub(crate) owner_name: String,
    /// Whether the owner is a service account.
    pub(crate) service: bool,
    pub(crate) name: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) last_used_at: Option<Timestamp>,
    pub(crate) last_used_from: Option<IpAddr>,
    pub(crate) revoked_at: Option<Timestamp>,
}

/// How many days a new key will be good for.
pub(crate) fn days(asked: Option<u16>) -> Result<u16, Fault> {
    let days = asked.unwrap_or(DEFAULT_DAYS);
    let fits = (1..=MOST_DAYS).contains(&days);
    fits.then_some(days).ok_or_else(|| Fault::new("out-of-range", format!("write 1 to {MOST_DAYS} days")))
}

/// The permissions of a new key, which its owner must have.
pub(crate) fn scopes(asked: &[String], role: Role) -> Result<Vec<Permission>, Fault> {
    let mut permissions = Vec::with_capacity(asked.len().min(Permission::ALL.len()));
    for id in asked {
        let known = id.parse::<Permission>().ok().filter(|permission| reach(role, *permission) != Reach::No);
        let permission =
            known.ok_or_else(|| Fault::new("not-permitted", "the key's owner does not have all of these"))?;
        if !permissions.contains(&permission) {
            permissions.push(permission);
        }
    }
    if permissions.is_empty() { Err(Fault::new("required", "choose at least one")) } else { Ok(permissions) }
}

/// The scope of stored ids. One that no longer exists permits nothing.
pub(crate) fn scope_of(ids: &[String]) -> Scope {
    Scope::of(ids.iter().filter_map(|id| id.parse().ok()))
}

#[cfg(test)]
mod tests {
    use autolytiq_authz::{Permission, Role};

    use super::{days, scope_of, scopes};

    #[test]
    fn a_key_gets_no_more_than_its_owner_has() {
        let asked =
            |ids: &[&str]| scopes(&ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>(), Role::Salesperson);
        assert_eq!(
            asked(&["customer.read", "deal.read", "customer.read"]).unwrap(),
            [Permission::CustomerRead, Permission::DealRead]
        );
        assert_eq!(asked(&["user.create"]).unwrap_err().code, "not-permitted");
        assert_eq!(asked(&["no.such"]).unwrap_err().code, "not-permitted");
        assert_eq!(asked(&[]).unwrap_err().code, "required");
        let scope = scope_of(&["customer.read".to_owned(), "gone.since".to_owned()]);
        assert!(scope.has(Permission::CustomerRead) && !scope.has(Permission::DealRead));
    }

    #[test]
    fn ninety_days_unless_asked() {
        assert_eq!(days(None), Ok(90));
        assert_eq!(days(Some(365)), Ok(365));
        assert!(days(Some(0)).is_err() && days(Some(366)).is_err());
    }
}
