//! What people do, and how often.

use anyhow::{Context, Result};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};
use std::rc::Rc;
use uuid::Uuid;

use crate::book::{Open, Person, Store, Work, any};
use crate::connection::{Answer, Call};

/// Pencils after which a deal is left alone.
const PENCILS: u32 = 8;
/// Deals that are worked at at the same time.
const AT_WORK: usize = 1_000;
/// Bodies of calculations that are kept.
const CALCULATIONS: usize = 200;

/// An operation of the API as the pages use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Operation {
    DeskLog,
    DeskLogFiltered,
    DeskLogSearch,
    DeskLogNextPage,
    OpenDeal,
    DealHistory,
    CustomerSearch,
    OpenCustomer,
    StockList,
    StockSearch,
    ResolvePlaces,
    Calculate,
    SavePencil,
    CreateDeal,
    /// One address, again and again; no part of the mix.
    Only,
}

/// In a thousand requests; writes are 90 of them.
const MIX: [(Operation, u32); 14] = [
    (Operation::DeskLog, 150),
    (Operation::DeskLogFiltered, 90),
    (Operation::DeskLogSearch, 70),
    (Operation::DeskLogNextPage, 30),
    (Operation::OpenDeal, 200),
    (Operation::DealHistory, 40),
    (Operation::CustomerSearch, 110),
    (Operation::OpenCustomer, 30),
    (Operation::StockList, 60),
    (Operation::StockSearch, 50),
    (Operation::ResolvePlaces, 40),
    (Operation::Calculate, 40),
    (Operation::SavePencil, 60),
    (Operation::CreateDeal, 30),
];

impl Operation {
    /// One of them, as often as the mix says.
    pub(crate) fn draw() -> Self {
        let whole: u32 = MIX.iter().map(|(_, share)| share).sum();
        let mut at = fastrand::u32(..whole);
        for (operation, share) in MIX {
            if at < share {
                return operation;
            }
            at -= share;
        }
        Self::DeskLog
    }

    pub(crate) fn all() -> impl Iterator<Item = Self> {
        MIX.iter().map(|(operation, _)| *operation).chain([Self::Only])
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::DeskLog => "desk log",
            Self::DeskLogFiltered => "desk log by stage",
            Self::DeskLogSearch => "desk log, search",
            Self::DeskLogNextPage => "desk log, next page",
            Self::OpenDeal => "open a deal",
            Self::DealHistory => "history of a deal",
            Self::CustomerSearch => "customer search",
            Self::OpenCustomer => "open a customer",
            Self::StockList => "stock list",
            Self::StockSearch => "stock search",
            Self::ResolvePlaces => "local rates of places",
            Self::Calculate => "calculate a deal",
            Self::SavePencil => "save a pencil",
            Self::CreateDeal => "create a deal",
            Self::Only => "one address",
        }
    }

    pub(crate) fn writes(self) -> bool {
        matches!(self, Self::SavePencil | Self::CreateDeal)
    }
}

/// A request that is to be sent, and what to make of its answer.
pub(crate) struct Errand {
    pub(crate) operation: Operation,
    /// Who sends it, by their place among the people signed in.
    pub(crate) by: usize,
    pub(crate) call: Call,
    then: Then,
}

enum Then {
    Nothing,
    KeepCursor,
    /// A deal of this id was opened.
    Opened(String),
    /// A pencil of this id was added to the deal.
    Penciled(String, Open),
}

/// Somebody's next request. What cannot be done yet becomes something that can.
pub(crate) fn errand(
    operation: Operation,
    by: usize,
    person: &Person,
    store: &Store,
    work: &mut Work,
) -> Option<Errand> {
    let plain = |call: Call| Some(Errand { operation, by, call, then: Then::Nothing });
    match operation {
        Operation::DeskLog => {
            let call = Call::get("/api/v1/deals?limit=50".to_owned());
            Some(Errand { operation, by, call, then: Then::KeepCursor })
        }
        Operation::DeskLogFiltered => {
            let stage = ["draft", "submitted", "approved", "closed", "cancelled"];
            plain(Call::get(format!("/api/v1/deals?limit=50&state={}", any(&stage)?)))
        }
        Operation::DeskLogSearch => {
            let customer = any(&store.customers)?;
            let words = match fastrand::u8(..3) {
                0 => format!("D-{}", any(&person.deals)?.number),
                1 => customer.last.clone(),
                _ => format!("{}+{}", customer.first, customer.last),
            };
            plain(Call::get(format!("/api/v1/deals?limit=50&q={words}")))
        }
        Operation::DeskLogNextPage => match work.cursors.get_mut(by).and_then(Option::take) {
            Some(cursor) => plain(Call::get(format!("/api/v1/deals?limit=50&cursor={cursor}"))),
            None => errand(Operation::DeskLog, by, person, store, work),
        },
        Operation::OpenDeal => plain(Call::get(format!("/api/v1/deals/{}", any(&person.deals)?.id))),
        Operation::DealHistory => {
            // Of a deal that was opened since: the stored ones have no audit entries.
            let Some(deal) = any(&work.open) else { return errand(Operation::DeskLog, by, person, store, work) };
            let call = Call::get(format!("/api/v1/deals/{}/history?limit=50", deal.id));
            Some(Errand { operation, by: deal.by, call, then: Then::Nothing })
        }
        Operation::CustomerSearch => {
            let customer = any(&store.customers)?;
            // As it is typed: two letters, four, the name, both names.
            let words = match fastrand::u8(..4) {
                0 => customer.last.chars().take(2).collect(),
                1 => customer.last.chars().take(4).collect(),
                2 => customer.last.clone(),
                _ => format!("{}+{}", customer.first, customer.last),
            };
            plain(Call::get(format!("/api/v1/customers?limit=20&q={words}")))
        }
        Operation::OpenCustomer => plain(Call::get(format!("/api/v1/customers/{}", any(&store.customers)?.id))),
        Operation::StockList => {
            let filter =
                ["status=inStock", "status=inStock&condition=new", "status=inStock&condition=used", "status=sold"];
            plain(Call::get(format!("/api/v1/inventory?limit=50&{}", any(&filter)?)))
        }
        Operation::StockSearch => {
            plain(Call::get(format!("/api/v1/inventory?limit=20&q={}", any(&store.stock_words)?)))
        }
        Operation::ResolvePlaces => {
            let body = json!({ "dealDate": "2026-11-21", "dealerPlace": store.place, "buyerPlace": any(&store.customers)?.place });
            plain(Call::post("/api/v1/places/resolve".to_owned(), body.to_string().into()))
        }
        Operation::Calculate => match any(&work.calc) {
            Some(body) => plain(Call::post("/api/v1/calc/deal".to_owned(), body.clone())),
            None => errand(Operation::DeskLog, by, person, store, work),
        },
        Operation::SavePencil => match take_open(work) {
            Some(deal) => Some(pencil(deal)),
            None => create(by, store),
        },
        Operation::CreateDeal => create(by, store),
        Operation::Only => plain(Call::get(work.only.clone()?)),
    }
}

fn take_open(work: &mut Work) -> Option<Open> {
    (!work.open.is_empty()).then(|| work.open.swap_remove(fastrand::usize(..work.open.len())))
}

fn create(by: usize, store: &Store) -> Option<Errand> {
    let id = new_id();
    let body = json!({ "id": id, "customerId": any(&store.customers)?.id, "vehicleId": any(&store.vehicles)? });
    let mut call = Call::post("/api/v1/deals".to_owned(), body.to_string().into());
    call.idempotency_key = Some(id.clone());
    Some(Errand { operation: Operation::CreateDeal, by, call, then: Then::Opened(id) })
}

/// The deal's next pencil: another down payment each time.
fn pencil(deal: Open) -> Errand {
    let id = new_id();
    let mut input = (*deal.input).clone();
    input["cashDown"] = Value::String(format!("{}.00", 500 * (deal.pencils + 1)));
    let mut body = json!({ "id": id, "input": input });
    if let Some(parent) = &deal.parent {
        body["parentId"] = Value::String(parent.clone());
    }
    let mut call = Call::post(format!("/api/v1/deals/{}/scenarios", deal.id), body.to_string().into());
    call.if_match = Some(deal.version.clone());
    call.idempotency_key = Some(id.clone());
    Errand { operation: Operation::SavePencil, by: deal.by, call, then: Then::Penciled(id, deal) }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a client makes its ids as a browser does, without the product's generator"
)]
fn new_id() -> String {
    Uuid::now_v7().to_string()
}

#[derive(Deserialize)]
struct OpenedDeal {
    start: Value,
    rates: Value,
}

impl Errand {
    /// Takes in what a successful answer says.
    pub(crate) fn done(self, answer: &Answer, work: &mut Work) -> Result<()> {
        match self.then {
            Then::Nothing => {}
            Then::KeepCursor => {
                if let Some(cursor) = work.cursors.get_mut(self.by) {
                    *cursor = next_cursor(&answer.body);
                }
            }
            Then::Opened(id) => {
                let mut opened: OpenedDeal = serde_json::from_slice(&answer.body).context("an opened deal")?;
                // Shown to some roles, sent by none.
                if let Some(input) = opened.start.as_object_mut() {
                    input.remove("costs");
                }
                if work.calc.len() < CALCULATIONS {
                    let body = json!({ "input": &opened.start, "rates": opened.rates });
                    work.calc.push(Bytes::from(body.to_string()));
                }
                let version = answer.version.clone().context("a deal without a version")?;
                // More are opened than are worked at: a long run would gather them without end.
                if work.open.len() < AT_WORK {
                    let input = Rc::new(opened.start);
                    work.open.push(Open { by: self.by, id, version, parent: None, pencils: 0, input });
                }
            }
            Then::Penciled(id, deal) => {
                let version = answer.version.clone().context("a pencil without a version")?;
                let pencils = deal.pencils + 1;
                if pencils < PENCILS {
                    work.open.push(Open { version, parent: Some(id), pencils, ..deal });
                }
            }
        }
        Ok(())
    }
}

/// The cursor at the end of a page, without reading the page.
fn next_cursor(page: &[u8]) -> Option<String> {
    const NAME: &str = "\"nextCursor\":\"";
    let text = std::str::from_utf8(page).ok()?;
    let (_, rest) = text.rsplit_once(NAME)?;
    rest.split_once('"').map(|(cursor, _)| cursor.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{MIX, next_cursor};

    #[test]
    fn the_mix_is_of_a_thousand_with_ninety_writes() {
        let sum = |only_writes: bool| -> u32 {
            MIX.iter().filter(|(operation, _)| !only_writes || operation.writes()).map(|(_, share)| share).sum()
        };
        assert_eq!((sum(false), sum(true)), (1_000, 90));
    }

    #[test]
    fn the_end_of_a_page_is_found_and_missed() {
        assert_eq!(next_cursor(br#"{"items":[],"nextCursor":"abc_-1"}"#).as_deref(), Some("abc_-1"));
        assert_eq!(next_cursor(br#"{"items":[],"nextCursor":null}"#), None);
    }
}
