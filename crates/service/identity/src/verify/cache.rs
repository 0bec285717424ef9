//! What this process knows of sessions and memberships.
//!
//! An entry is good until somebody changes what it says. A change in this process removes it before the change is
//! acknowledged; one in another process is noticed by the watcher ([`super::watch`]), which asks for new revisions
//! several times a second. When the watcher has not succeeded for a second, no entry is trusted and every request asks
//! the database: a revocation is never late because something else failed.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use autolytiq_kernel::{PersonId, SessionId};

use crate::store::session::SessionState;

/// How old the watcher's knowledge may be.
const TRUST: Duration = Duration::from_secs(1);
/// More sessions than one process serves; beyond it the cache starts over.
const MOST_ENTRIES: usize = 50_000;

/// The sessions seen lately.
pub(crate) struct SessionCache(Mutex<Inner>);

struct Inner {
    entries: HashMap<SessionId, Arc<SessionState>>,
    /// Rises with every removal: a state that was read before one is not stored after it.
    epoch: u64,
    /// The last revision taken in.
    revision: i64,
    /// When the watcher last began a successful look.
    looked_at: Option<Instant>,
}

/// The moment before a state was read from the database.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading(u64);

impl SessionCache {
    /// Knows nothing, and everything that changed up to `revision`.
    pub(crate) fn new(revision: i64) -> Self {
        Self(Mutex::new(Inner { entries: HashMap::new(), epoch: 0, revision, looked_at: None }))
    }

    /// The state of a session, or where to begin reading it.
    pub(crate) fn get(&self, session: SessionId, now: Instant) -> Result<Arc<SessionState>, Reading> {
        let inner = self.lock();
        let trusted = inner.looked_at.is_some_and(|at| now.saturating_duration_since(at) < TRUST);
        match inner.entries.get(&session) {
            Some(state) if trusted => Ok(Arc::clone(state)),
            _ => Err(Reading(inner.epoch)),
        }
    }

    /// Keeps what was read, unless something was removed since the reading began.
    pub(crate) fn put(&self, reading: Reading, session: SessionId, state: &Arc<SessionState>) {
        let mut inner = self.lock();
        if inner.epoch != reading.0 {
            return;
        }
        if inner.entries.len() >= MOST_ENTRIES {
            inner.entries.clear();
        }
        inner.entries.insert(session, Arc::clone(state));
    }

    /// Forgets a person's sessions: something about them has just changed in this process.
    pub(crate) fn forget(&self, person: PersonId) {
        self.lock().forget(person);
    }

    /// The last revision taken in.
    pub(crate) fn revision(&self) -> i64 {
        self.lock().revision
    }

    /// Takes in what the watcher found in a look that began at `looked_at`. `complete` is false when changes are
    /// missing between what was known and `head`.
    pub(crate) fn take_in(&self, people: &[PersonId], head: i64, complete: bool, looked_at: Instant) {
        let mut inner = self.lock();
        if complete {
            for person in people {
                inner.forget(*person);
            }
        } else {
            inner.epoch += 1;
            inner.entries.clear();
        }
        inner.revision = head;
        inner.looked_at = Some(looked_at);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn forget(&mut self, person: PersonId) {
        self.epoch += 1;
        self.entries.retain(|_, state| state.person != person);
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::Arc,
        time::{Duration, Instant},
    };

    use autolytiq_kernel::{Ids, PersonId, SessionId};

    use super::SessionCache;
    use crate::store::{seats::Seats, session::SessionState};

    fn state(person: PersonId) -> Arc<SessionState> {
        Arc::new(SessionState { person, ended: false, access: Seats::default(), key: None })
    }

    #[test]
    fn a_change_between_reading_and_keeping_is_not_overwritten() {
        let ids = Ids::sequence(1);
        let (person, session, now): (PersonId, SessionId, _) = (ids.next(), ids.next(), Instant::now());
        let cache = SessionCache::new(0);
        cache.take_in(&[], 0, true, now);
        let reading = cache.get(session, now).unwrap_err();
        cache.forget(person);
        cache.put(reading, session, &state(person));
        let reading = cache.get(session, now).unwrap_err();
        cache.put(reading, session, &state(person));
        assert!(cache.get(session, now).is_ok());
        cache.take_in(&[person], 1, true, now);
        assert!(cache.get(session, now).is_err());
    }

    #[test]
    fn nothing_is_trusted_when_the_watcher_is_silent_or_missed_something() {
        let ids = Ids::sequence(1);
        let (person, session, now): (PersonId, SessionId, _) = (ids.next(), ids.next(), Instant::now());
        let cache = SessionCache::new(0);
        let reading = cache.get(session, now).unwrap_err();
        cache.put(reading, session, &state(person));
        assert!(cache.get(session, now).is_err(), "the watcher has not looked yet");
        cache.take_in(&[], 0, true, now);
        assert!(cache.get(session, now + Duration::from_millis(900)).is_ok());
        assert!(cache.get(session, now + Duration::from_secs(1)).is_err());
        cache.take_in(&[], 7, false, now);
        assert!(cache.get(session, now).is_err());
        assert_eq!(cache.revision(), 7);
    }
}
