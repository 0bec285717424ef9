//! The body of a request.

use autolytiq_kernel::problem::{FieldError, Problem, codes};
use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;

use super::path_error::field_error;
use crate::error::ApiError;

/// A JSON body. Whatever is wrong with it becomes a problem: not JSON 415, unreadable 400, too large 413, a field
/// that is missing, unknown, of the wrong type or refused by its own type 422 with the field's pointer.
#[derive(Debug, Clone, Copy)]
pub struct ApiJson<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for ApiJson<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        if !is_json(&request) {
            let detail = "send the body with `Content-Type: application/json`";
            return Err(Problem::new(&codes::UNSUPPORTED_MEDIA_TYPE, detail).into());
        }
        let body =
            Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status().as_u16() {
                413 => Problem::new(&codes::BODY_TOO_LARGE, "the body is larger than this operation takes"),
                _ => Problem::new(&codes::BAD_REQUEST, "the body ended before it was complete"),
            })?;
        parse(&body).map(Self).map_err(ApiError::from)
    }
}

fn is_json(request: &Request) -> bool {
    let Some(value) = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// Reads a body.
pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    if contains_nul_escape(body) {
        refuse_nul(body)?;
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let inner = error.inner();
        match inner.classify() {
            Category::Data => Problem::invalid(vec![field_error(error.path(), &inner.to_string())]),
            Category::Syntax | Category::Eof | Category::Io => malformed(inner),
        }
    })?;
    json.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

fn malformed(error: &serde_json::Error) -> Problem {
    Problem::new(&codes::MALFORMED_JSON, error.to_string()).with("line", error.line()).with("column", error.column())
}

/// Text with a NUL character cannot be stored by PostgreSQL; it is refused here once instead of in every field.
fn contains_nul_escape(body: &[u8]) -> bool {
    body.windows(6).any(|window| window == br"\u0000")
}

fn refuse_nul(body: &[u8]) -> Result<(), Problem> {
    let value: Value = serde_json::from_slice(body).map_err(|error| malformed(&error))?;
    match nul_pointer(&value) {
        Some(pointer) => Err(Problem::invalid(vec![FieldError::new(
            pointer,
            "nul-character",
            "text must not contain the character U+0000",
        )])),
        // An escaped backslash before `u0000` is six harmless characters.
        None => Ok(()),
    }
}

fn nul_pointer(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then(String::new),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(i, item)| nul_pointer(item).map(|rest| format!("/{i}{rest}")))
        }
        Value::Object(members) => members.iter().find_map(|(name, member)| {
            if name.contains('\0') {
                return Some(String::new());
            }
            nul_pointer(member).map(|rest| format!("/{}{rest}", name.replace('~', "~0").replace('/', "~1")))
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::parse;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Deal {
        #[serde(rename = "lines")]
        _lines: Vec<Line>,
        #[serde(default, rename = "kind")]
        _kind: Kind,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Line {
        #[serde(rename = "sellingPrice")]
        _price: Positive,
        #[serde(default, rename = "name")]
        _name: String,
    }

    #[derive(Debug, Deserialize)]
    #[serde(try_from = "i64")]
    struct Positive;

    impl TryFrom<i64> for Positive {
        type Error = &'static str;
        fn try_from(number: i64) -> Result<Self, Self::Error> {
            if number > 0 { Ok(Self) } else { Err("must be more than zero") }
        }
    }

    #[derive(Debug, Default, Deserialize)]
    #[serde(rename_all = "camelCase")]
    enum Kind {
        #[default]
        Cash,
    }

    fn refused(body: &str) -> (String, String, String) {
        let problem = parse::<Deal>(body.as_bytes()).unwrap_err();
        let first = problem.errors().first();
        (
            problem.code().code.to_owned(),
            first.map(|e| e.pointer.clone()).unwrap_or_default(),
            first.map(|e| e.code.to_string()).unwrap_or_default(),
        )
    }

    fn expect(body: &str, code: &str, pointer: &str, field_code: &str) {
        assert_eq!(refused(body), (code.into(), pointer.into(), field_code.into()), "{body}");
    }

    #[test]
    fn every_fault_has_a_code_and_a_pointer() {
        expect("{", "malformed-json", "", "");
        expect("", "malformed-json", "", "");
        expect("{} trailing", "invalid-field", "/lines", "required");
        expect(r#"{"lines":[]} x"#, "malformed-json", "", "");
        expect("3", "invalid-field", "", "wrong-type");
        expect("[]", "invalid-field", "", "wrong-length");
        expect("{}", "invalid-field", "/lines", "required");
        expect(r#"{"lines":3}"#, "invalid-field", "/lines", "wrong-type");
        expect(r#"{"lines":[{}]}"#, "invalid-field", "/lines/0/sellingPrice", "required");
        expect(r#"{"lines":[{"sellingPrice":"x"}]}"#, "invalid-field", "/lines/0/sellingPrice", "wrong-type");
        expect(r#"{"lines":[{"sellingPrice":-1}]}"#, "invalid-field", "/lines/0/sellingPrice", "invalid");
        expect(r#"{"lines":[{"sellingPrice":1,"a/b":2}]}"#, "invalid-field", "/lines/0/a~1b", "unknown-field");
        expect(r#"{"lines":[],"lines":[]}"#, "invalid-field", "/lines", "duplicate-field");
        expect(r#"{"lines":[],"kind":"gift"}"#, "invalid-field", "/kind", "unknown-value");
        expect(
            r#"{"lines":[{"sellingPrice":1,"name":"a\u0000b"}]}"#,
            "invalid-field",
            "/lines/0/name",
            "nul-character",
        );
        expect(r#"{"lines":[{"sellingPrice":1,"name":"\ud800"}]}"#, "malformed-json", "", "");
    }

    #[test]
    fn an_escaped_backslash_is_not_a_nul() {
        assert!(parse::<Deal>(br#"{"lines":[{"sellingPrice":1,"name":"a\\u0000b"}]}"#).is_ok());
    }

    #[test]
    fn deep_nesting_is_refused_not_followed() {
        let body = "[".repeat(100_000);
        assert_eq!(parse::<serde_json::Value>(body.as_bytes()).unwrap_err().code().code, "malformed-json");
    }
}
