//! What the generator knows: who works where and what is stored there.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::Value;
use std::rc::Rc;

/// What the file says.
#[derive(Debug, Deserialize)]
pub(crate) struct Book {
    /// The password of everybody in it.
    pub(crate) password: String,
    pub(crate) stores: Vec<Store>,
}

/// A store, or a sample of what it has.
#[derive(Debug, Deserialize)]
pub(crate) struct Store {
    /// Where it stands, as the API writes places.
    pub(crate) place: Value,
    pub(crate) people: Vec<Person>,
    pub(crate) customers: Vec<Customer>,
    /// Vehicles in stock.
    pub(crate) vehicles: Vec<String>,
    /// Words that find vehicles: makes, models, stock numbers.
    pub(crate) stock_words: Vec<String>,
}

/// Somebody who works in a store, with some of the deals that they may see.
#[derive(Debug, Deserialize)]
pub(crate) struct Person {
    pub(crate) email: String,
    pub(crate) deals: Vec<Deal>,
}

/// A deal that is stored.
#[derive(Debug, Deserialize)]
pub(crate) struct Deal {
    pub(crate) id: String,
    pub(crate) number: i64,
}

/// A customer who is stored.
#[derive(Debug, Deserialize)]
pub(crate) struct Customer {
    pub(crate) id: String,
    pub(crate) first: String,
    pub(crate) last: String,
    /// Where they live, as the API writes places.
    pub(crate) place: Value,
}

/// A deal that the generator opened and goes on working at.
#[derive(Debug)]
pub(crate) struct Open {
    /// Who works at it, by their place among the people signed in.
    pub(crate) by: usize,
    pub(crate) id: String,
    /// Its `ETag`.
    pub(crate) version: String,
    pub(crate) parent: Option<String>,
    pub(crate) pencils: u32,
    /// What a first pencil begins with.
    pub(crate) input: Rc<Value>,
}

/// What changes while it runs: the deals at work, and what was seen of them.
#[derive(Debug, Default)]
pub(crate) struct Work {
    pub(crate) open: Vec<Open>,
    /// Bodies of `calc/deal`, as the browser would send them.
    pub(crate) calc: Vec<Bytes>,
    /// The one address that is asked for, if there is one.
    pub(crate) only: Option<String>,
    /// Ends of pages, by person.
    pub(crate) cursors: Vec<Option<String>>,
}

/// One of these, if there are any.
pub(crate) fn any<T>(things: &[T]) -> Option<&T> {
    (!things.is_empty()).then(|| things.get(fastrand::usize(..things.len()))).flatten()
}
