//! The engine for the browser.
//!
//! What it is: the functions of `autolytiq_finance::surface` with strings of JSON across the boundary, and a deal on the desk
//! with its figures as numbers. A string and `JSON.parse` are smaller than a serialiser into JavaScript objects, and leave
//! one byte sequence to compare with the native engine's.
//!
//! It is built twice: without the feature `operations` for the page of a deal, and with it, for all the rest.
//!
//! What it never does: compute anything of its own, throw, or keep state between calls beside the rules it was given and the
//! deals that the page holds as [`Desk`].

mod desk;
#[cfg(feature = "operations")]
mod typed;

pub use desk::Desk;
#[cfg(feature = "operations")]
pub use typed::Field;

use wasm_bindgen::prelude::wasm_bindgen;

/// Hands the engine its packed rules, the file beside the module: all jurisdictions, of the same build. Until then every
/// state is unknown. Answers whether they were the right ones; the native engine carries its rules and says so too.
#[wasm_bindgen(js_name = supplyRules)]
#[must_use]
pub fn supply_rules(rules: Vec<u8>) -> bool {
    autolytiq_finance::supply_rules(rules).is_ok()
}

/// Computes a deal: `{"ok": DealResult}`, or `{"errors": [{pointer, code, detail}]}`.
#[wasm_bindgen]
#[must_use]
pub fn calculate(input_json: &str, rates_json: &str) -> String {
    autolytiq_finance::surface::preview(input_json, rates_json)
}

/// Runs one of the engine's named operations: `{"ok": answer}`, or `{"problem": document}`.
#[cfg(feature = "operations")]
#[wasm_bindgen]
#[must_use]
pub fn call(operation: &str, request_json: &str) -> String {
    autolytiq_finance::surface::reply(operation, request_json)
}

/// Version of the engine, as results record it.
#[wasm_bindgen(js_name = engineVersion)]
#[must_use]
pub fn engine_version() -> String {
    autolytiq_finance::VERSION.to_owned()
}
