//! The table of modules: one line each.

use autolytiq_config::Config;
use autolytiq_http::Module;
use utoipa::openapi::OpenApi;

/// Every module of the product. Its name is its target's; its needs are in the module itself.
#[must_use]
pub fn modules(_config: &Config) -> Vec<Module> {
    vec![]
}

/// The API document of the whole product. It needs neither a database nor a data folder.
#[must_use]
pub fn document() -> OpenApi {
    autolytiq_http::openapi::document(&modules(&Config::default()))
}
