//! The problem pages, from `docs/errors`.

use std::borrow::Cow;

use rust_embed::RustEmbed;

/// `docs/errors/<code>.md`, compiled in; a debug build reads them from the source tree.
#[derive(RustEmbed)]
#[folder = "../../docs/errors"]
struct Pages;

/// The Markdown of a code's page.
#[must_use]
pub fn problem_page(code: &str) -> Option<Cow<'static, str>> {
    let file = Pages::get(&format!("{code}.md"))?;
    match file.data {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}
