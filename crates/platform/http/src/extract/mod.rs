//! Extractors that answer bad input with a problem and a pointer to it.

mod csrf;
mod if_match;
mod json;
mod params;
mod path_error;

pub use csrf::SameOrigin;
pub use if_match::IfMatch;
pub use json::ApiJson;
pub use params::{ApiPath, ApiQuery};
