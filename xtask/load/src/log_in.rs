//! Signing people in, and keeping them signed in.

use std::rc::Rc;

use anyhow::{Context, Result, bail};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use crate::connection::{Call, Connection};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LoggedIn {
    access_token: String,
}

/// Signs a person in; answers the access token.
pub(crate) async fn log_in(connection: &mut Connection, email: &str, password: &str) -> Result<Rc<str>> {
    let body = Bytes::from(json!({ "email": email, "password": password }).to_string());
    let answer = connection.call(Call::post("/api/v1/auth/login".to_owned(), body)).await?;
    if !answer.status.is_success() {
        bail!("{email} was not signed in: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
    }
    let logged_in: LoggedIn = serde_json::from_slice(&answer.body).context("the answer to a log-in")?;
    Ok(logged_in.access_token.into())
}
