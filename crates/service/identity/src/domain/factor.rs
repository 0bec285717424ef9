//! Second factors: what there is, who needs one, and what is still to be done before a session opens.

use autolytiq_authz::{Permission, permissions_of};
use autolytiq_kernel::{FactorId, PersonId, Role};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

/// A way to prove who one is, besides the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Method {
    /// A code of an authenticator app.
    Totp,
    /// A passkey: a phone, a computer or a security key that signs.
    Passkey,
    /// A code that is sent to the address one signs in with.
    Email,
    /// A code that is sent as a text message.
    Sms,
    /// One of the printed codes.
    RecoveryCode,
    /// The password, for those who have no second factor; confirms, but never stands in for a factor at a log-in.
    Password,
}

impl Method {
    /// What can be set up as a factor, the strongest of what everybody has first.
    pub(crate) const ENROLLED: [Self; 4] = [Self::Totp, Self::Passkey, Self::Email, Self::Sms];

    /// Whether its code is sent, and so to one place.
    pub(crate) const fn is_sent(self) -> bool {
        matches!(self, Self::Email | Self::Sms)
    }

    /// The word in the audit trail.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::Passkey => "passkey",
            Self::Email => "email",
            Self::Sms => "sms",
            Self::RecoveryCode => "recovery_code",
            Self::Password => "password",
        }
    }
}

/// A factor of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Factor {
    pub(crate) id: FactorId,
    pub(crate) method: Method,
    pub(crate) name: String,
    pub(crate) created_at: Timestamp,
    pub(crate) last_used_at: Option<Timestamp>,
}

/// Whether somebody with these roles signs in with a second factor: everybody who sees customers.
pub(crate) fn required(roles: impl IntoIterator<Item = Role>) -> bool {
    roles.into_iter().any(|role| permissions_of(role).any(|permission| permission == Permission::CustomerRead))
}

/// What failed proofs of a person's second factor are counted under, apart from failed passwords.
pub(crate) fn account_digest(person: PersonId) -> [u8; 32] {
    digest_of(b"second factor of ", person)
}

/// What codes that are sent to a person are counted under: nobody fills somebody's mailbox.
pub(crate) fn sending_digest(person: PersonId) -> [u8; 32] {
    digest_of(b"codes sent to ", person)
}

fn digest_of(what: &[u8], person: PersonId) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(what);
    hash.update(person.uuid().as_bytes());
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use autolytiq_kernel::Role;

    use super::required;

    #[test]
    fn whoever_sees_customers_needs_a_second_factor() {
        assert!(required([Role::Salesperson]));
        assert!(required([Role::Administrator]));
        assert!(!required([]));
    }
}
