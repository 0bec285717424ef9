//! Requests that carry an API key.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use autolytiq_db::{DbError, SystemUse};
use autolytiq_http::{Session, VerifyError};
use autolytiq_kernel::{Feature, Origin, PersonActor, SessionId};

use super::verifier::context_within;
use crate::{
    crypto::api_key,
    domain::api_key::ApiKeyId,
    identity::Identity,
    store::{api_key as keys, session::SessionState},
};

/// How exact "last used" is: a key that is used all the time is written down this often.
const NOTE_EVERY: Duration = Duration::from_secs(60);
/// More keys than one process serves; beyond it the notes start over.
const MOST_NOTES: usize = 50_000;

/// When the use of each key was last written down by this process.
#[derive(Default)]
pub(crate) struct KeyUses(Mutex<HashMap<ApiKeyId, Instant>>);

impl KeyUses {
    /// Whether this use is to be written down.
    fn is_due(&self, id: ApiKeyId, now: Instant) -> bool {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.get(&id).is_some_and(|at| now.saturating_duration_since(*at) < NOTE_EVERY) {
            return false;
        }
        if noted.len() >= MOST_NOTES {
            noted.clear();
        }
        noted.insert(id, now);
        true
    }
}

impl Identity {
    /// The session of a request with an API key. The key's id stands for the session in the audit trail.
    pub(crate) async fn verify_key(&self, bearer: &str, origin: Origin) -> Result<Session, VerifyError> {
        let (id, secret) = api_key::read(bearer).ok_or(VerifyError::Key)?;
        let state = self.key_state(id).await.map_err(|error| VerifyError::Unavailable(Box::new(error)))?;
        let state = state.filter(|state| !state.ended).ok_or(VerifyError::Key)?;
        let key = state.key.as_ref().filter(|key| key.digest.is_of(secret)).ok_or(VerifyError::Key)?;
        if key.expires_at <= self.clock().now() {
            return Err(VerifyError::Key);
        }
        let seat = state.access.at(key.dealership).ok_or(VerifyError::Key)?;
        if !key.service && seat.off.has(Feature::PersonalKeys) {
            return Err(VerifyError::SwitchedOff(Feature::PersonalKeys));
        }
        let actor = PersonActor { person: state.person, session: SessionId::from_uuid(id.uuid()), role: seat.role };
        self.note_use(id, origin.address);
        Ok(Session {
            actor,
            ctx: context_within(actor, key.dealership, &state.access, key.scope, origin),
            expires_at: key.expires_at,
            key_scope: Some(key.scope),
            confirmed_at: None,
        })
    }

    async fn key_state(&self, id: ApiKeyId) -> Result<Option<Arc<SessionState>>, DbError> {
        let session = SessionId::from_uuid(id.uuid());
        let reading = match self.cache().get(session, Instant::now()) {
            Ok(state) => return Ok(Some(state)),
            Err(reading) => reading,
        };
        let mut tx = self.db().system(SystemUse::Sessions).await?;
        let state = keys::state(&mut tx, id).await?.map(Arc::new);
        tx.commit().await?;
        if let Some(state) = &state {
            self.cache().put(reading, session, state);
        }
        Ok(state)
    }

    /// Writes the use down beside the request, which does not wait for it.
    fn note_use(&self, id: ApiKeyId, from: Option<IpAddr>) {
        if !self.key_uses().is_due(id, Instant::now()) {
            return;
        }
        let db = self.db().clone();
        self.tasks().spawn(async move {
            let write = async {
                let mut tx = db.system(SystemUse::Sessions).await?;
                keys::used(&mut tx, id, from).await?;
                tx.commit().await
            };
            if let Err(error) = write.await {
                tracing::warn!(error = &error as &dyn std::error::Error, "identity.api_key.use_not_noted");
            }
        });
    }
}
