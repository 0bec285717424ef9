//! The link in a mail.

use autolytiq_http::{ApiPath, ApiResult, Public};
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;

use super::page;
use crate::ops::unsubscribe as ops;

/// Asks whether mail of a store shall end. Looking changes nothing: programs that check mail follow every link.
#[utoipa::path(get, path = "/unsubscribe/{token}", operation_id = "showUnsubscribe",
    params(("token" = String, Path, description = "From the link")),
    responses(
        (status = 200, description = "A page with one button", body = String, content_type = "text/html"),
        (status = 404, description = "A page that says that the link is not ours", body = String, content_type = "text/html")))]
pub(super) async fn show_unsubscribe(public: Public, ApiPath(token): ApiPath<String>) -> ApiResult<Response> {
    let platform = public.platform();
    let told = ops::look(&platform.db, &platform.vault, &token).await?;
    Ok(told.map_or_else(unknown, |told| {
        if told.unsubscribed { page::done(&told.store) } else { page::ask(&told.store) }.into_response()
    }))
}

/// Ends mail of a store at once, without a sign-in, a cookie or a redirect, whatever the body says (RFC 8058). Again is
/// the same as once.
#[utoipa::path(post, path = "/unsubscribe/{token}", operation_id = "unsubscribe",
    params(("token" = String, Path, description = "From the link")),
    responses(
        (status = 200, description = "Ended", body = String, content_type = "text/html"),
        (status = 404, description = "A page that says that the link is not ours", body = String, content_type = "text/html")))]
pub(super) async fn unsubscribe(public: Public, ApiPath(token): ApiPath<String>) -> ApiResult<Response> {
    let platform = public.platform();
    let told = ops::unsubscribe(&platform.db, &platform.vault, &token, public.origin()).await?;
    Ok(told.map_or_else(unknown, |told| page::done(&told.store).into_response()))
}

fn unknown() -> Response {
    let page: Html<String> = page::unknown();
    (StatusCode::NOT_FOUND, page).into_response()
}
