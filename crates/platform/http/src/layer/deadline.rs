//! How long a handler may take until its response begins. A stream that has begun is not cut.

use autolytiq_kernel::problem::{Problem, codes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Around;
use crate::error::ApiError;

pub(crate) async fn layer(State(around): State<Around>, request: Request, next: Next) -> Response {
    let deadline = around.traits_of(&request).deadline.unwrap_or(around.platform.settings.deadline);
    match tokio::time::timeout(deadline, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let detail = format!("no answer within {} s; whatever was begun was rolled back", deadline.as_secs());
            ApiError::from(Problem::new(&codes::TIMEOUT, detail).retry_after(1)).into_response()
        }
    }
}
