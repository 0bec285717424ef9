//! What travels with a request from the gateway to the process that serves it, and what does not.

use autolytiq_http::seal::{ORIGIN, Seal};
use autolytiq_kernel::Origin;
use http::header::{
    CONNECTION, EXPECT, FORWARDED, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use http::{HeaderMap, HeaderName, HeaderValue};

/// What belongs to one connection and not to the message (RFC 9110 section 7.6.1), beside what `Connection` names.
const OF_THE_CONNECTION: [HeaderName; 9] = [
    CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// What only a proxy of ours may say. A caller's own is dropped.
const SAID_BY_PROXIES: [&str; 3] = ["x-forwarded-", "x-real-ip", "x-autolytiq-"];

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Turns a caller's headers into those the other process gets: without what concerned the caller's connection, without
/// what callers may not say, and with what the gateway knows.
pub(crate) fn make_ours(headers: &mut HeaderMap, origin: Origin, seal: &Seal) {
    strip_connection(headers);
    // Answered by this process already.
    headers.remove(EXPECT);
    headers.remove(FORWARDED);
    let said: Vec<HeaderName> = headers
        .keys()
        .filter(|name| SAID_BY_PROXIES.iter().any(|start| name.as_str().starts_with(start)))
        .cloned()
        .collect();
    for name in said {
        headers.remove(name);
    }
    if let Ok(id) = HeaderValue::try_from(origin.request.to_string()) {
        headers.insert(REQUEST_ID, id);
    }
    if let Some(sealed) = seal.close(origin.request, origin.address) {
        headers.insert(ORIGIN, sealed);
    }
}

/// Removes what belongs to one connection.
pub(crate) fn strip_connection(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| HeaderName::try_from(name.trim()).ok())
        .collect();
    for name in OF_THE_CONNECTION.into_iter().chain(named) {
        headers.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use autolytiq_http::seal::{ORIGIN, Seal};
    use autolytiq_kernel::{Ids, Origin};
    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::{make_ours, strip_connection};

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn what_callers_may_not_say_is_replaced_by_what_the_gateway_knows() {
        let origin = Origin { request: Ids::sequence(1).next(), address: "192.0.2.7".parse().ok() };
        let seal = Seal::new(&[7; 32]).unwrap();
        let mut sent = headers(&[
            ("authorization", "Bearer x"),
            ("cookie", "refresh=y"),
            ("host", "desk.example"),
            ("x-forwarded-for", "6.6.6.6"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-anything", "z"),
            ("forwarded", "for=6.6.6.6"),
            ("x-real-ip", "6.6.6.6"),
            ("x-autolytiq-origin", "6.6.6.6 00"),
            ("x-request-id", "not-ours"),
            ("expect", "100-continue"),
        ]);
        make_ours(&mut sent, origin, &seal);
        let mut names: Vec<&str> = sent.keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["authorization", "cookie", "host", "x-autolytiq-origin", "x-request-id"]);
        assert_eq!(sent["x-request-id"], origin.request.to_string().as_str());
        assert!(sent[ORIGIN].to_str().unwrap().starts_with("192.0.2.7 "));
        assert_eq!(seal.open(origin.request, &sent), Some(origin.address));
    }

    #[test]
    fn a_connections_own_headers_stay_with_it() {
        let mut sent = headers(&[
            ("connection", "keep-alive, X-Secret-Hop"),
            ("keep-alive", "timeout=5"),
            ("x-secret-hop", "1"),
            ("transfer-encoding", "chunked"),
            ("te", "trailers"),
            ("upgrade", "h2c"),
            ("content-type", "text/csv"),
        ]);
        strip_connection(&mut sent);
        assert_eq!(sent.keys().map(HeaderName::as_str).collect::<Vec<_>>(), ["content-type"]);
    }
}
