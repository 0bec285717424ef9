//! The document, and a page to browse it: our own few kilobytes, so that the strict content policy holds and nothing
//! is fetched from elsewhere.

use std::sync::Arc;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use utoipa::openapi::OpenApi;

use crate::routes::API_PREFIX;

const HTML: &str = include_str!("../../assets/docs.html");
const SCRIPT: &str = include_str!("../../assets/docs.js");
const STYLE: &str = include_str!("../../assets/docs.css");

/// `/api/v1/openapi.json` and `/api/v1/docs`.
pub(crate) fn routes(document: &OpenApi) -> Result<Router, serde_json::Error> {
    let json: Arc<Bytes> = Arc::new(serde_json::to_vec(document)?.into());
    Ok(Router::new()
        .route(
            &format!("{API_PREFIX}/openapi.json"),
            get(move || async move { typed("application/json", Bytes::clone(&json)) }),
        )
        .route(&format!("{API_PREFIX}/docs"), get(|| async { typed("text/html; charset=utf-8", HTML.into()) }))
        .route(
            &format!("{API_PREFIX}/docs/docs.js"),
            get(|| async { typed("text/javascript; charset=utf-8", SCRIPT.into()) }),
        )
        .route(
            &format!("{API_PREFIX}/docs/docs.css"),
            get(|| async { typed("text/css; charset=utf-8", STYLE.into()) }),
        ))
}

fn typed(content_type: &'static str, body: Bytes) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static(content_type))], body).into_response()
}
