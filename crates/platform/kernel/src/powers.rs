//! What a custom role lets a person do, as the table of permissions resolved it.

/// How far each permission reaches for a person with a custom role, by the permission's place in the list of
/// `platform/authz`, which alone writes and reads it. Small enough to be copied with every request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Powers([u8; Powers::MOST]);

impl Powers {
    /// More permissions than there will be.
    pub const MOST: usize = 96;

    /// Nothing at all.
    pub const NONE: Self = Self([0; Self::MOST]);

    /// The same with another entry. A place beyond [`Powers::MOST`] is nothing's.
    #[must_use]
    pub fn with(mut self, place: usize, reach: u8) -> Self {
        if let Some(entry) = self.0.get_mut(place) {
            *entry = reach;
        }
        self
    }

    /// The entry at a place.
    #[must_use]
    pub fn at(&self, place: usize) -> u8 {
        self.0.get(place).copied().unwrap_or(0)
    }
}
