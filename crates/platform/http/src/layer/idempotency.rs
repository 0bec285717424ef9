//! `Idempotency-Key` on the operations that create or send.
//!
//! The key is taken in a transaction of its own before the handler runs and the answer is stored after it. A process
//! that dies between the two leaves a key that is given up after two minutes; the repeated request then meets the id
//! that the client made, which is the other half of the promise.

use autolytiq_db::{Begin, StoredAnswer, Ticket};
use autolytiq_kernel::problem::{Problem, codes};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, ETAG, LOCATION};
use http::{HeaderName, HeaderValue, StatusCode};
use sha2::{Digest, Sha256};

use super::Around;
use crate::error::ApiError;
use crate::guard::{Caller, Session};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Set on an answer that was stored earlier.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// The headers that belong to an answer rather than to its journey.
const KEPT: [HeaderName; 3] = [CONTENT_TYPE, ETAG, LOCATION];

pub(crate) async fn layer(State(around): State<Around>, request: Request, next: Next) -> Response {
    if !around.traits_of(&request).idempotent {
        return next.run(request).await;
    }
    let (Some(key), Some(Caller::Person(verified))) =
        (request.headers().get(IDEMPOTENCY_KEY).cloned(), request.extensions().get::<Caller>().cloned())
    else {
        return next.run(request).await;
    };
    match once(&around, &verified.session, &key, request, next).await {
        Ok(response) => response,
        Err(problem) => ApiError::from(problem).into_response(),
    }
}

async fn once(
    around: &Around,
    session: &Session,
    key: &HeaderValue,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let key = readable(key)?;
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, around.platform.settings.body_limit)
        .await
        .map_err(|_| Problem::new(&codes::BODY_TOO_LARGE, "the body is larger than this operation takes"))?;
    let operation = format!("{} {}", parts.method, parts.uri.path());
    let fingerprint: [u8; 32] = Sha256::digest(&body).into();
    let db = &around.platform.db;
    let ticket = match db.idempotency_begin(&session.ctx, key, &operation, fingerprint).await? {
        Begin::Fresh(ticket) => ticket,
        Begin::Done(answer) => return Ok(replay(answer)),
        Begin::OtherRequest => {
            let detail = "this Idempotency-Key was sent before with another body; make a new one for a new request";
            return Err(Problem::new(&codes::IDEMPOTENCY_MISMATCH, detail));
        }
        Begin::InFlight => {
            let detail = "the first request with this Idempotency-Key has not been answered yet";
            return Err(Problem::new(&codes::IDEMPOTENCY_IN_FLIGHT, detail).retry_after(1));
        }
    };
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    Ok(keep(around, session, ticket, response).await)
}

/// Stores a success; gives the key back after a refusal, which did nothing and may be corrected and sent again.
async fn keep(around: &Around, session: &Session, ticket: Ticket, response: Response) -> Response {
    let db = &around.platform.db;
    if !response.status().is_success() {
        if let Err(error) = db.idempotency_abandon(&session.ctx, ticket).await {
            tracing::warn!(%error, "an idempotency key stays taken until it is given up");
        }
        return response;
    }
    let (parts, body) = response.into_parts();
    let body = match to_bytes(body, usize::MAX).await {
        Ok(body) => body,
        Err(error) => return ApiError::from(Problem::internal(error)).into_response(),
    };
    let headers = KEPT.iter().filter_map(|name| {
        let value = parts.headers.get(name)?.to_str().ok()?;
        Some((name.as_str().to_owned(), value.to_owned()))
    });
    let answer = StoredAnswer { status: parts.status.as_u16(), headers: headers.collect(), body: body.to_vec() };
    // The work is committed: the caller is told so even if the answer cannot be stored.
    if let Err(error) = db.idempotency_finish(&session.ctx, ticket, &answer).await {
        tracing::warn!(%error, "an answer could not be stored under its idempotency key");
    }
    Response::from_parts(parts, Body::from(body))
}

fn replay(answer: StoredAnswer) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    response
}

/// 1 to 255 visible ASCII characters; a UUID is usual.
fn readable(key: &HeaderValue) -> Result<&str, Problem> {
    let text = key.to_str().unwrap_or_default();
    if (1..=255).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic()) {
        Ok(text)
    } else {
        Err(Problem::new(&codes::BAD_REQUEST, "an Idempotency-Key has 1 to 255 visible ASCII characters"))
    }
}
