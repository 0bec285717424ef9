//! Keyset paging: a page continues after the last row the client has seen, not after a count of rows.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned, de::Error};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, schema::Schema, schema::Type},
};

/// How many rows a page may have: 1 to 200, 50 when nothing is said. A number outside is refused, not bent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limit(u16);

impl Limit {
    /// The largest page.
    pub const MAX: u16 = 200;

    /// A limit, or nothing when it is not within 1 to [`Limit::MAX`].
    #[must_use]
    pub fn new(rows: u16) -> Option<Self> {
        (1..=Self::MAX).contains(&rows).then_some(Self(rows))
    }

    /// Rows on the page.
    #[must_use]
    pub fn rows(self) -> usize {
        usize::from(self.0)
    }

    /// What a query asks for: one row more than the page, which tells whether another page follows.
    #[must_use]
    pub fn fetch(self) -> i64 {
        i64::from(self.0) + 1
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rows = u16::deserialize(deserializer)?;
        Self::new(rows).ok_or_else(|| Error::custom(format!("a page has 1 to {} rows, not {rows}", Self::MAX)))
    }
}

impl PartialSchema for Limit {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1))
            .maximum(Some(Self::MAX))
            .default(Some(serde_json::json!(Self::default())))
            .description(Some("Rows on the page."))
            .into()
    }
}

impl ToSchema for Limit {}

/// Where a page ended: opaque to the client, who only hands it back.
///
/// It carries the name of the order it was made under, so that a cursor from one sort is refused by another, and the
/// sort key of the last row. It is not secret and not signed: it selects a position within what row-level security
/// already lets the caller see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Cursor(String);

/// A cursor that this list did not give out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the cursor does not belong to this list and sort order; start again without it")]
pub struct BadCursor;

impl Cursor {
    /// A cursor after the row with this key, in the order of this name.
    #[must_use]
    pub fn after<K: Serialize>(order: &str, key: &K) -> Self {
        // Keys are tuples of numbers, texts, times and ids, all of which serialise; an unencodable key would give a
        // cursor that is refused when it comes back, never a wrong page.
        let json = serde_json::to_vec(&(order, key)).unwrap_or_default();
        Self(URL_SAFE_NO_PAD.encode(json))
    }

    /// The key inside.
    ///
    /// # Errors
    /// [`BadCursor`] when the text is not a cursor, or one of another order.
    pub fn key<K: DeserializeOwned>(&self, order: &str) -> Result<K, BadCursor> {
        let json = URL_SAFE_NO_PAD.decode(&self.0).map_err(|_| BadCursor)?;
        // No text we page by holds U+0000, and the database would not take it.
        if json.windows(6).any(|bytes| bytes == b"\\u0000") {
            return Err(BadCursor);
        }
        let (made_for, key): (String, K) = serde_json::from_slice(&json).map_err(|_| BadCursor)?;
        if made_for == order { Ok(key) } else { Err(BadCursor) }
    }

    /// The opaque text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Cursor {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// The query parameters of every list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct PageRequest {
    /// Rows on the page, 1 to 200.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
    /// The `nextCursor` of the page before.
    #[param(value_type = Option<String>)]
    pub cursor: Option<Cursor>,
}

impl PageRequest {
    /// The key to continue after, if this is not the first page.
    ///
    /// # Errors
    /// [`BadCursor`] when the cursor is not one of this list and order.
    pub fn key<K: DeserializeOwned>(&self, order: &str) -> Result<Option<K>, BadCursor> {
        self.cursor.as_ref().map(|cursor| cursor.key(order)).transpose()
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Hand this back as `cursor` for the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub next_cursor: Option<Cursor>,
}

impl<T> Page<T> {
    /// Makes a page of what a query for [`Limit::fetch`] rows returned; `key` gives the sort key of a row.
    #[must_use]
    pub fn from_rows<K: Serialize>(mut rows: Vec<T>, limit: Limit, order: &str, key: impl Fn(&T) -> K) -> Self {
        let more = rows.len() > limit.rows();
        rows.truncate(limit.rows());
        let next_cursor = rows.last().filter(|_| more).map(|last| Cursor::after(order, &key(last)));
        Self { items: rows, next_cursor }
    }

    /// The same page of something else, typically rows turned into what goes on the wire.
    #[must_use]
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next_cursor: self.next_cursor }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BadCursor, Cursor, Limit, Page, PageRequest};

    proptest! {
        #[test]
        fn a_cursor_gives_back_its_key(name in "[^\\x00]*", number in any::<i64>()) {
            let cursor = Cursor::after("-updatedAt", &(name.clone(), number));
            prop_assert_eq!(cursor.key::<(String, i64)>("-updatedAt"), Ok((name, number)));
            prop_assert_eq!(cursor.key::<(String, i64)>("updatedAt"), Err(BadCursor));
        }

        #[test]
        fn pages_cover_a_list_once(length in 0_usize..500, rows in 1_u16..=200) {
            let limit = Limit::new(rows).unwrap();
            let (mut seen, mut cursor) = (Vec::new(), None::<Cursor>);
            loop {
                let after = cursor.as_ref().map(|c| c.key::<usize>("n").unwrap());
                let fetched = (0..length).filter(|n| after.is_none_or(|a| *n > a)).take(limit.rows() + 1).collect();
                let page = Page::from_rows(fetched, limit, "n", |n| *n);
                seen.extend(page.items);
                cursor = page.next_cursor;
                if cursor.is_none() { break; }
            }
            prop_assert_eq!(seen, (0..length).collect::<Vec<_>>());
        }
    }

    #[test]
    fn rubbish_is_refused() {
        for text in ["", "%%%", "bm9wZQ", "W10"] {
            assert_eq!(Cursor::from(text.to_owned()).key::<i64>("n"), Err(BadCursor), "{text}");
        }
        assert_eq!(Cursor::after("n", &"a\0b").key::<String>("n"), Err(BadCursor));
    }

    #[test]
    fn limits_are_refused_not_bent() {
        assert_eq!(serde_json::from_str::<PageRequest>("{}").unwrap().limit.rows(), 50);
        for bad in ["0", "201", "-1", "70000", "\"many\""] {
            assert!(serde_json::from_str::<PageRequest>(&format!("{{\"limit\":{bad}}}")).is_err(), "{bad}");
        }
    }
}
