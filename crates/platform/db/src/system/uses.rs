//! Every use of the system role. A new one is a line here, with its reason, and a reviewer who asks why it cannot be a
//! tenant transaction.

/// What a [`SystemTx`](crate::SystemTx) is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SystemUse {
    /// Creating the group, the first store and its administrator.
    SetUp,
    /// Finding a person by e-mail, counting failures, starting a session.
    LogIn,
    /// Checking, refreshing, switching and ending sessions.
    Sessions,
    /// Stores, people and memberships of a group.
    GroupAdministration,
    /// Sending events of all stores from the outbox.
    OutboxDispatch,
    /// Following the outbox for live updates of all stores connected to this process.
    LiveUpdates,
    /// Chaining audit entries of all stores.
    AuditSealing,
    /// Checking the chains of all stores.
    AuditVerification,
    /// Wrapping subjects' keys under a newer master key.
    KeyRotation,
    /// Making partitions ahead and deleting what has run out.
    Housekeeping,
    /// Taking back a consent through the link in a mail.
    PublicUnsubscribe,
    /// Creating and resetting the demo store.
    Demo,
}

impl SystemUse {
    /// Every use.
    pub const ALL: [Self; 12] = [
        Self::SetUp,
        Self::LogIn,
        Self::Sessions,
        Self::GroupAdministration,
        Self::OutboxDispatch,
        Self::LiveUpdates,
        Self::AuditSealing,
        Self::AuditVerification,
        Self::KeyRotation,
        Self::Housekeeping,
        Self::PublicUnsubscribe,
        Self::Demo,
    ];

    /// The name in logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SetUp => "set_up",
            Self::LogIn => "log_in",
            Self::Sessions => "sessions",
            Self::GroupAdministration => "group_administration",
            Self::OutboxDispatch => "outbox_dispatch",
            Self::LiveUpdates => "live_updates",
            Self::AuditSealing => "audit_sealing",
            Self::AuditVerification => "audit_verification",
            Self::KeyRotation => "key_rotation",
            Self::Housekeeping => "housekeeping",
            Self::PublicUnsubscribe => "public_unsubscribe",
            Self::Demo => "demo",
        }
    }

    /// Why it cannot be a tenant transaction.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::SetUp => "there is no store yet",
            Self::LogIn => "the person is known by e-mail before any store is chosen",
            Self::Sessions => "a session is found by its token, before the context that it proves exists",
            Self::GroupAdministration => "it creates stores and spans the stores of a group",
            Self::OutboxDispatch => "one queue holds the events of all stores, in order",
            Self::LiveUpdates => "one reader per process serves the listeners of every store",
            Self::AuditSealing => "writers must not wait for the chain, so one job seals for all stores",
            Self::AuditVerification => "an operator checks every chain; no store is acting",
            Self::KeyRotation => "a new master key is brought to the keys of all stores",
            Self::Housekeeping => "partitions and expiries belong to no store",
            Self::PublicUnsubscribe => "the customer is signed in nowhere; the link's seal says which store and whom",
            Self::Demo => "the demo's group and store are made before anyone can act for them",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::SystemUse;

    #[test]
    fn every_use_is_named_once_and_has_a_reason() {
        let names: HashSet<_> = SystemUse::ALL.iter().map(|system_use| system_use.name()).collect();
        assert_eq!(names.len(), SystemUse::ALL.len());
        assert!(SystemUse::ALL.iter().all(|system_use| system_use.reason().len() > 10));
    }
}
