//! The browser client, compiled in.

use std::borrow::Cow;

use autolytiq_http::markdown;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use http::header::{ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use rust_embed::{EmbeddedFile, RustEmbed};

/// `web/dist`, compiled in; a debug build reads it from the source tree. It need not exist: then the page says how to
/// build it.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Client;

/// The client for every path that is no other route.
pub(crate) fn router() -> Router {
    Router::new().fallback(any(serve))
}

async fn serve(request: Request) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, HeaderValue::from_static("GET, HEAD"))]).into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    match find(path, request.headers()) {
        Some(found) => found.answer(request.headers()),
        // A name with an ending is a file that is not there; anything else is a page of the client.
        None if path.starts_with("assets/") || path.rsplit('/').next().is_some_and(|name| name.contains('.')) => {
            StatusCode::NOT_FOUND.into_response()
        }
        None => match find("index.html", request.headers()) {
            Some(index) => index.answer(request.headers()),
            None => not_built(),
        },
    }
}

/// A file in the form that this client takes.
struct Found {
    name: String,
    encoding: Option<&'static str>,
    file: EmbeddedFile,
}

/// The file, compressed beforehand if the build made that and the browser takes it.
fn find(name: &str, headers: &HeaderMap) -> Option<Found> {
    if name.is_empty() {
        return None;
    }
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
        let takes = accepted.split(',').any(|part| part.trim().split(';').next() == Some(encoding));
        if let Some(file) = takes.then(|| Client::get(&format!("{name}.{ending}"))).flatten() {
            return Some(Found { name: name.to_owned(), encoding: Some(encoding), file });
        }
    }
    Client::get(name).map(|file| Found { name: name.to_owned(), encoding: None, file })
}

impl Found {
    fn answer(self, request: &HeaderMap) -> Response {
        let hash = self.file.metadata.sha256_hash();
        let tag = format!("\"{}\"", hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>());
        let cache = if self.name.starts_with("assets/") {
            // The build puts a hash of the contents into these names.
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        let known = request.get(IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
        let mut response = if known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let body = match self.file.data {
                Cow::Borrowed(bytes) => Body::from(bytes),
                Cow::Owned(bytes) => Body::from(bytes),
            };
            Response::new(body)
        };
        let headers = response.headers_mut();
        if let Ok(tag) = HeaderValue::try_from(tag) {
            headers.insert(ETAG, tag);
        }
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        headers.insert(CONTENT_TYPE, content_type(&self.name));
        if let Some(encoding) = self.encoding.filter(|_| !known) {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }
}

fn content_type(name: &str) -> HeaderValue {
    let guessed = mime_guess::from_path(name).first_or_octet_stream();
    let text = match (guessed.type_().as_str(), guessed.subtype().as_str()) {
        ("text", _) | ("application", "javascript" | "json") => format!("{}; charset=utf-8", guessed.essence_str()),
        _ => guessed.essence_str().to_owned(),
    };
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

/// The program was built without the client.
fn not_built() -> Response {
    let page = markdown::document(
        "The client was not built",
        &markdown::render(
            "# The client was not built\n\nThis program answers the API, but was built before the browser client was. \
             Run `cargo xtask up`, or build the client with `npm ci` and `npm run build` in `web/` and start again.",
        ),
    );
    let html = (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    (StatusCode::SERVICE_UNAVAILABLE, [html], page).into_response()
}
