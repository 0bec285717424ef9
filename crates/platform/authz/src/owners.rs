//! Whose things are within reach.

use autolytiq_kernel::PersonId;

use crate::Reach;

/// The people of somebody's team in the acting store. Identity knows them; nobody else makes one that has people in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Teammates(Vec<PersonId>);

impl Teammates {
    /// These people.
    #[must_use]
    pub fn of(people: Vec<PersonId>) -> Self {
        Self(people)
    }
}

/// The people whose things are within reach, for the query itself: what is somebody else's is not found, rather than
/// refused (`and ($2::uuid[] is null or salesperson_id = any ($2))`, bound to [`Owners::filter`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owners(Option<Vec<PersonId>>);

impl Owners {
    /// Whose things a reach is about, for this person with this team.
    #[must_use]
    pub fn within(reach: Reach, person: PersonId, team: &Teammates) -> Self {
        Self(match reach {
            Reach::No => Some(Vec::new()),
            Reach::Own => Some(vec![person]),
            Reach::Team => {
                let others = team.0.iter().copied().filter(|teammate| *teammate != person);
                Some(std::iter::once(person).chain(others).collect())
            }
            Reach::Store | Reach::Group => None,
        })
    }

    /// Everybody's: for what reads back what it has just written itself.
    #[must_use]
    pub const fn everybody() -> Self {
        Self(None)
    }

    /// The people, where not everybody's things are within reach.
    #[must_use]
    pub fn filter(&self) -> Option<&[PersonId]> {
        self.0.as_deref()
    }

    /// Whether what this person is responsible for is within reach.
    #[must_use]
    pub fn include(&self, owner: PersonId) -> bool {
        self.0.as_ref().is_none_or(|people| people.contains(&owner))
    }
}
