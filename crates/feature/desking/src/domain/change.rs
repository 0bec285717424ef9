//! The difference between two pencils, as paths with a before and an after.

use serde_json::{Map, Value};

/// Most changes that are listed; a pencil that changes more has changed everything.
const MAX_CHANGES: usize = 200;

/// One value that differs. A path names the members from the outside in, joined by points; a member of a list is named
/// by its `id` where it has one and by its place otherwise: `price`, `columns.fin72.rate`, `trades.0.allowance`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// Where.
    pub(crate) path: String,
    /// What was there; nothing where something was added.
    pub(crate) before: Option<Value>,
    /// What is there; nothing where something was removed.
    pub(crate) after: Option<Value>,
}

/// What differs between two documents, in the order of their paths.
#[must_use]
pub(crate) fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    compare(String::new(), Some(before), Some(after), &mut found);
    found.truncate(MAX_CHANGES);
    found
}

fn compare(path: String, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Change>) {
    if before == after {
        return;
    }
    // An absent list or object is compared as an empty one, so that what was added is listed member by member.
    let members = match (before, after) {
        (Some(Value::Object(b)), Some(Value::Object(a))) => Some((b.clone(), a.clone())),
        (Some(Value::Object(b)), None) => Some((b.clone(), Map::new())),
        (None, Some(Value::Object(a))) => Some((Map::new(), a.clone())),
        (Some(Value::Array(b)), Some(Value::Array(a))) => Some((named(b), named(a))),
        (Some(Value::Array(b)), None) => Some((named(b), Map::new())),
        (None, Some(Value::Array(a))) => Some((Map::new(), named(a))),
        _ => None,
    };
    let Some((before_members, after_members)) = members else {
        found.push(Change { path, before: before.cloned(), after: after.cloned() });
        return;
    };
    let mut names: Vec<&String> = before_members.keys().chain(after_members.keys()).collect();
    names.sort();
    names.dedup();
    for name in names {
        let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        compare(below, before_members.get(name), after_members.get(name), found);
    }
}

/// A list as an object: by `id` where every member has one of its own, by place otherwise.
fn named(list: &[Value]) -> Map<String, Value> {
    let by_id: Option<Map<String, Value>> =
        list.iter().map(|item| Some((item.get("id")?.as_str()?.to_owned(), item.clone()))).collect();
    by_id
        .filter(|map| map.len() == list.len())
        .unwrap_or_else(|| list.iter().enumerate().map(|(place, item)| (place.to_string(), item.clone())).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::changes;

    fn told(before: &Value, after: &Value) -> Vec<String> {
        let text = |v: &Option<Value>| v.as_ref().map_or("-".to_owned(), Value::to_string);
        changes(before, after).iter().map(|c| format!("{} {} {}", c.path, text(&c.before), text(&c.after))).collect()
    }

    #[test]
    fn the_same_is_no_change() {
        let deal = json!({"price": "1.00", "columns": [{"id": "a"}]});
        assert!(told(&deal, &deal).is_empty());
    }

    #[test]
    fn a_price_and_a_rate() {
        let before =
            json!({"price": "100.00", "columns": [{"id": "cash"}, {"id": "f", "rate": "0.05", "termMonths": 60}]});
        let after =
            json!({"price": "90.00", "columns": [{"id": "f", "rate": "0.06", "termMonths": 60}, {"id": "cash"}]});
        assert_eq!(told(&before, &after), [r#"columns.f.rate "0.05" "0.06""#, r#"price "100.00" "90.00""#]);
    }

    #[test]
    fn a_trade_that_comes_and_one_that_goes() {
        let none = json!({"trades": []});
        let one = json!({"trades": [{"description": "2019 Civic", "allowance": "9000.00"}]});
        assert_eq!(told(&none, &one), [r#"trades.0.allowance - "9000.00""#, r#"trades.0.description - "2019 Civic""#]);
        assert_eq!(told(&one, &json!({}))[0], r#"trades.0.allowance "9000.00" -"#);
    }

    #[test]
    fn ids_that_repeat_are_compared_by_place() {
        let before = json!([{"id": "a", "n": 1}, {"id": "a", "n": 2}]);
        let after = json!([{"id": "a", "n": 1}, {"id": "a", "n": 3}]);
        assert_eq!(told(&before, &after), ["1.n 2 3"]);
    }
}
