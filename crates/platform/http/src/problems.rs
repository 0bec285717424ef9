//! `/problems` and `/problems/<code>`: what each code means, for the person who met it.

use std::collections::BTreeMap;
use std::sync::Arc;

use autolytiq_kernel::problem::{Problem, ProblemCode, codes};
use axum::Router;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::error::ApiError;
use crate::markdown;
use crate::module::Module;

/// The text of a code's page, by its code.
pub type Pages = fn(&str) -> Option<std::borrow::Cow<'static, str>>;

/// Every code of the process: the common ones and those of the modules, by name.
#[must_use]
pub fn registry(modules: &[Module]) -> BTreeMap<&'static str, &'static ProblemCode> {
    let common = codes::CODES.iter();
    common.chain(modules.iter().flat_map(|module| module.codes.iter())).map(|code| (code.code, *code)).collect()
}

pub(crate) fn routes(modules: &[Module], pages: Pages) -> Router {
    let codes = Arc::new(registry(modules));
    let list = index(&codes);
    Router::new()
        .route("/problems", get(|| async move { Html(list) }))
        .route("/problems/{code}", get(move |Path(code): Path<String>| async move { page(&codes, &code, pages) }))
}

fn index(codes: &BTreeMap<&'static str, &'static ProblemCode>) -> String {
    let rows: String = codes
        .values()
        .map(|code| {
            let (page, name) = (code.page(), code.code);
            let title = markdown::escape(code.title);
            format!(
                "<tr><td>{}</td><td><a href=\"{page}\"><code>{name}</code></a></td><td>{title}</td></tr>",
                code.status
            )
        })
        .collect();
    markdown::document(
        "Problem codes",
        &format!("<h1>Problem codes</h1><table><tr><th>Status</th><th>Code</th><th>Meaning</th></tr>{rows}</table>"),
    )
}

fn page(codes: &BTreeMap<&'static str, &'static ProblemCode>, name: &str, pages: Pages) -> Response {
    let Some((code, text)) = codes.get(name).and_then(|code| Some((code, pages(code.code)?))) else {
        return ApiError::from(Problem::new(&codes::NOT_FOUND, "no problem has this code")).into_response();
    };
    let title = markdown::escape(code.title);
    let body = format!(
        "<p><a href=\"/problems\">Problem codes</a></p><p><code>{}</code> · status {}</p>{}",
        code.code,
        code.status,
        markdown::render(&text)
    );
    Html(markdown::document(&title, &body)).into_response()
}
