//! How far the imports that run in this process are.

use crate::store::import::RateImportId;
use autolytiq_kernel::DealershipId;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Most imports that run at once in a process: each holds a connection to the database.
const MOST: usize = 4;

type Key = (DealershipId, RateImportId);

/// The imports under way.
#[derive(Debug, Default)]
pub(crate) struct Imports(Mutex<BTreeMap<Key, Arc<Progress>>>);

/// Counters of one import.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    bytes: AtomicU64,
    rows: AtomicU64,
    errors: AtomicU64,
    checking: AtomicBool,
}

/// What a reader sees of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) bytes: u64,
    pub(crate) rows: u64,
    pub(crate) errors: u64,
    pub(crate) checking: bool,
}

impl Progress {
    pub(crate) fn tell(&self, bytes: u64, rows: u64, errors: u64) {
        self.bytes.store(bytes, Ordering::Relaxed);
        self.rows.store(rows, Ordering::Relaxed);
        self.errors.store(errors, Ordering::Relaxed);
    }

    pub(crate) fn check(&self) {
        self.checking.store(true, Ordering::Relaxed);
    }
}

/// A place among the running imports, given back when dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    imports: Arc<Imports>,
    key: Key,
    pub(crate) progress: Arc<Progress>,
}

impl Imports {
    /// Begins an import; nothing when one of the store runs, or too many run in all.
    pub(crate) fn begin(imports: &Arc<Self>, store: DealershipId, id: RateImportId) -> Option<Turn> {
        let mut running = imports.0.lock().unwrap_or_else(PoisonError::into_inner);
        if running.len() >= MOST || running.keys().any(|(known, _)| *known == store) {
            return None;
        }
        let progress = Arc::new(Progress::default());
        running.insert((store, id), Arc::clone(&progress));
        drop(running);
        Some(Turn { imports: Arc::clone(imports), key: (store, id), progress })
    }

    /// How far one is, while it runs.
    pub(crate) fn see(&self, store: DealershipId, id: RateImportId) -> Option<Seen> {
        let running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.get(&(store, id)).map(|progress| Seen {
            bytes: progress.bytes.load(Ordering::Relaxed),
            rows: progress.rows.load(Ordering::Relaxed),
            errors: progress.errors.load(Ordering::Relaxed),
            checking: progress.checking.load(Ordering::Relaxed),
        })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.imports.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}
