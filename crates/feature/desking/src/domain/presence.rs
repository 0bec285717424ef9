//! Who is at a deal at this moment. Kept in memory for seconds, by the process that serves the deals, and nowhere else.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use autolytiq_kernel::{DealId, DealershipId, PersonId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How long somebody counts as present without saying so again.
const PATIENCE: SignedDuration = SignedDuration::from_secs(25);

/// What somebody does at a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Manner {
    /// Has it on the screen.
    Looking,
    /// Has typed something that is not saved.
    Editing,
    /// Has left it.
    Gone,
}

/// Somebody at a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attendant {
    pub(crate) person: PersonId,
    pub(crate) name: String,
    pub(crate) editing: bool,
    seen: Timestamp,
}

/// Everybody at the deals of all stores.
#[derive(Debug, Default)]
pub(crate) struct Board(Mutex<HashMap<(DealershipId, DealId), Vec<Attendant>>>);

impl Board {
    /// Notes what a person does at a deal. Answers with everybody who is there now, and whether that is news.
    pub(crate) fn note(
        &self,
        (store, deal): (DealershipId, DealId),
        (person, name): (PersonId, &str),
        manner: Manner,
        now: Timestamp,
    ) -> (Vec<Attendant>, bool) {
        let mut deals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        deals.retain(|_, people| {
            people.retain(|present| now.duration_since(present.seen) < PATIENCE);
            !people.is_empty()
        });
        let people = deals.entry((store, deal)).or_default();
        let before = people.iter().find(|present| present.person == person).map(|present| present.editing);
        people.retain(|present| present.person != person);
        let editing = manner == Manner::Editing;
        if manner != Manner::Gone {
            people.push(Attendant { person, name: name.to_owned(), editing, seen: now });
        }
        people.sort_by(|one, other| one.name.cmp(&other.name));
        let after = (manner != Manner::Gone).then_some(editing);
        (people.clone(), before != after)
    }
}

#[cfg(test)]
mod tests {
    use autolytiq_kernel::{DealId, DealershipId, Ids, PersonId};
    use jiff::Timestamp;

    use super::{Board, Manner};

    #[test]
    fn people_come_work_go_and_are_forgotten() {
        let ids = Ids::sequence(1);
        let (store, other_store): (DealershipId, DealershipId) = (ids.next(), ids.next());
        let deal: DealId = ids.next();
        let (ana, bo): (PersonId, PersonId) = (ids.next(), ids.next());
        let board = Board::default();
        let at = |seconds: i64| Timestamp::from_second(1_000 + seconds).unwrap();
        let names = |(people, news): (Vec<super::Attendant>, bool)| {
            let told: Vec<_> = people.into_iter().map(|person| (person.name, person.editing)).collect();
            (told, news)
        };
        let note = |store, (person, name), manner, seconds| {
            names(board.note((store, deal), (person, name), manner, at(seconds)))
        };
        let is = |name: &str, editing| (name.to_owned(), editing);

        assert_eq!(note(store, (ana, "Ana"), Manner::Looking, 0), (vec![is("Ana", false)], true));
        assert_eq!(note(store, (ana, "Ana"), Manner::Looking, 10), (vec![is("Ana", false)], false));
        assert_eq!(note(store, (bo, "Bo"), Manner::Editing, 11), (vec![is("Ana", false), is("Bo", true)], true));
        assert_eq!(note(store, (bo, "Bo"), Manner::Looking, 12), (vec![is("Ana", false), is("Bo", false)], true));
        // The same id in another store is another deal.
        assert_eq!(note(other_store, (bo, "Bo"), Manner::Looking, 12), (vec![is("Bo", false)], true));
        // Ana was last heard of at 10.
        assert_eq!(note(store, (bo, "Bo"), Manner::Looking, 35), (vec![is("Bo", false)], false));
        assert_eq!(note(store, (bo, "Bo"), Manner::Gone, 36), (vec![], true));
        assert_eq!(note(store, (bo, "Bo"), Manner::Gone, 37), (vec![], false));
    }
}
