//! The cookie of the refresh token.

use http::{
    HeaderMap, HeaderValue,
    header::{COOKIE, InvalidHeaderValue},
};
use secrecy::{ExposeSecret, SecretString};

use crate::ops::session::REFRESH_LIFETIME;

const NAME: &str = "autolytiq_refresh";

/// What a browser keeps while its person is at their company's provider.
const AWAY: &str = "autolytiq_sso";

/// The refresh token that came with a request.
pub(super) fn read(headers: &HeaderMap) -> Option<&str> {
    named(headers, NAME)
}

/// What the browser kept while its person was at the provider.
pub(super) fn read_away(headers: &HeaderMap) -> Option<&str> {
    named(headers, AWAY)
}

fn named<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == wanted).map(|(_, value)| value).filter(|value| !value.is_empty())
}

/// `Set-Cookie` for a new token. No script reads it, no other site sends it, and it goes to the sign-in paths alone.
pub(super) fn set(token: &SecretString, https: bool) -> Result<HeaderValue, InvalidHeaderValue> {
    let mut value = HeaderValue::try_from(format!(
        "{NAME}={}; Path=/api/v1/auth; HttpOnly; SameSite=Strict; Max-Age={}{}",
        token.expose_secret(),
        REFRESH_LIFETIME.as_secs(),
        secure(https)
    ))?;
    value.set_sensitive(true);
    Ok(value)
}

/// `Set-Cookie` that removes it.
pub(super) fn clear(https: bool) -> HeaderValue {
    HeaderValue::from_static(if https {
        "autolytiq_refresh=; Path=/api/v1/auth; HttpOnly; SameSite=Strict; Max-Age=0; Secure"
    } else {
        "autolytiq_refresh=; Path=/api/v1/auth; HttpOnly; SameSite=Strict; Max-Age=0"
    })
}

/// `Set-Cookie` for somebody who leaves for the provider. The page that they come back to sends it, not the provider.
pub(super) fn set_away(secret: &SecretString, https: bool) -> Result<HeaderValue, InvalidHeaderValue> {
    let mut value = HeaderValue::try_from(format!(
        "{AWAY}={}; Path=/api/v1/auth/sso; HttpOnly; SameSite=Strict; Max-Age=600{}",
        secret.expose_secret(),
        secure(https)
    ))?;
    value.set_sensitive(true);
    Ok(value)
}

/// `Set-Cookie` that removes it.
pub(super) fn clear_away(https: bool) -> HeaderValue {
    HeaderValue::from_static(if https {
        "autolytiq_sso=; Path=/api/v1/auth/sso; HttpOnly; SameSite=Strict; Max-Age=0; Secure"
    } else {
        "autolytiq_sso=; Path=/api/v1/auth/sso; HttpOnly; SameSite=Strict; Max-Age=0"
    })
}

const fn secure(https: bool) -> &'static str {
    if https { "; Secure" } else { "" }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, header::COOKIE};
    use secrecy::SecretString;

    use super::{NAME, clear, clear_away, read, set, set_away};

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        assert_eq!(read(&headers), None);
        headers.append(COOKIE, HeaderValue::from_static("theme=dark; xautolytiq_refresh=no"));
        headers.append(COOKIE, HeaderValue::from_static("a=b; autolytiq_refresh=token-1; c=d"));
        assert_eq!(read(&headers), Some("token-1"));
    }

    #[test]
    fn it_is_closed_to_scripts_and_other_sites() {
        for https in [false, true] {
            let token = SecretString::from("token-1");
            for value in [set(&token, https).unwrap(), clear(https)] {
                let text = value.to_str().unwrap();
                assert!(text.starts_with(&format!("{NAME}=")), "{text}");
                assert!(text.contains("; HttpOnly; SameSite=Strict; ") && text.contains("Path=/api/v1/auth"), "{text}");
                assert_eq!(text.ends_with("; Secure"), https);
            }
            for value in [set_away(&token, https).unwrap(), clear_away(https)] {
                let text = value.to_str().unwrap();
                assert!(text.contains("; Path=/api/v1/auth/sso; HttpOnly; SameSite=Strict; "), "{text}");
                assert_eq!(text.ends_with("; Secure"), https);
            }
        }
    }
}
