//! A deal that stays with the engine between keystrokes.

use autolytiq_finance::desk;
use wasm_bindgen::prelude::wasm_bindgen;

/// A deal and the local rates of its place: the figures at once, the reasons when somebody asks for them.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Desk {
    /// Or what the page is told where there is no deal: the fields that cannot be read.
    pub(crate) deal: Result<desk::Desk, String>,
}

#[wasm_bindgen]
impl Desk {
    /// Reads a deal and its local rates, both JSON.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(input_json: &str, rates_json: &str) -> Self {
        Self { deal: desk::Desk::read(input_json, rates_json) }
    }

    /// Computes the deal: `{"ok": DealResult}` whose columns have no trace, or `{"errors": [{pointer, code, detail}]}`.
    #[must_use]
    pub fn figures(&mut self) -> String {
        match &mut self.deal {
            Ok(deal) => deal.figures(),
            Err(unreadable) => unreadable.clone(),
        }
    }

    /// The trace of a computed column: an object of steps.
    #[must_use]
    pub fn trace(&self, column: usize) -> String {
        self.deal.as_ref().map_or_else(|_| "{}".to_owned(), |deal| deal.trace_json(column))
    }
}
