//! What a reader of the trail is not told: figures that have a permission of their own.

use autolytiq_authz::{Grant, Permission};
use serde_json::Value;

use crate::AuditEntry;

/// Fields of an entry's states, at whatever depth, with what it takes to see them elsewhere.
const GUARDED: [(&str, Permission); 8] = [
    ("cost", Permission::VehicleCostView),
    ("costs", Permission::DealCostView),
    ("acv", Permission::DealCostView),
    ("gross", Permission::DealGrossView),
    ("reserve", Permission::DealReserveView),
    ("buyRate", Permission::DealReserveView),
    ("buyMoneyFactor", Permission::DealReserveView),
    ("reserveShare", Permission::DealReserveView),
];

/// Which fields of the trail somebody may not see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    hidden: Vec<&'static str>,
}

impl Sight {
    /// Everything, for a use case that shows the trail under rules of its own.
    pub const WHOLE: Self = Self { hidden: Vec::new() };

    /// What the holder of a grant may see.
    #[must_use]
    pub fn of(grant: &Grant) -> Self {
        let hidden = GUARDED.iter().filter(|(_, permission)| !grant.may(*permission)).map(|(field, _)| *field);
        Self { hidden: hidden.collect() }
    }

    /// Whether words may be looked for in the states: a search would tell what stands in a field that is not shown.
    pub(crate) fn searches_states(&self) -> bool {
        self.hidden.is_empty()
    }

    /// The entry without the fields.
    pub(crate) fn cut(&self, mut entry: AuditEntry) -> AuditEntry {
        for state in [&mut entry.before, &mut entry.after].into_iter().flatten() {
            self.cut_state(state);
        }
        entry
    }

    fn cut_state(&self, state: &mut Value) {
        match state {
            Value::Object(fields) => {
                fields.retain(|name, _| !self.hidden.contains(&name.as_str()));
                fields.values_mut().for_each(|value| self.cut_state(value));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.cut_state(item)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Sight;
    use serde_json::json;

    #[test]
    fn fields_are_cut_at_any_depth() {
        let sight = Sight { hidden: vec!["cost", "reserve"] };
        let mut state =
            json!({ "cost": "1.00", "price": "2.00", "products": [{ "name": "VSC", "cost": "3.00" }], "costly": true });
        sight.cut_state(&mut state);
        assert_eq!(state, json!({ "price": "2.00", "products": [{ "name": "VSC" }], "costly": true }));
        assert!(!sight.searches_states() && Sight::WHOLE.searches_states());
    }
}
