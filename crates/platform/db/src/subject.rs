//! What an audit entry or an event is about.

use autolytiq_kernel::Id;
use uuid::Uuid;

/// A noun and its id: `deal` 0198….
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The noun, as its id type names it.
    pub kind: &'static str,
    /// The id.
    pub id: Uuid,
}

impl<T: Id> From<T> for Subject {
    fn from(id: T) -> Self {
        Self { kind: T::NOUN, id: id.uuid() }
    }
}
