//! The gateway's word on where a request came from.
//!
//! Behind a gateway every connection comes from the gateway, but limits and the audit trail need the caller's address. A
//! header alone could be written by anybody who reaches the port, so the gateway seals what it says with a key that only
//! the processes of the installation have, over the request's id: a sealed header says nothing about another request.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use autolytiq_kernel::RequestId;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::Sha256;

/// The header: an address or `-`, a space, and the seal in hexadecimal digits.
pub const ORIGIN: HeaderName = HeaderName::from_static("x-autolytiq-origin");

/// What stands for the caller's address when the gateway knows none.
const UNKNOWN: &str = "-";

/// Seals the header and opens it again.
#[derive(Clone)]
pub struct Seal(Arc<Hmac<Sha256>>);

impl Seal {
    /// A seal of this key; none when the key is not at least 32 bytes long.
    #[must_use]
    pub fn new(key: &[u8]) -> Option<Self> {
        if key.len() < 32 {
            return None;
        }
        Hmac::new_from_slice(key).ok().map(|mac| Self(Arc::new(mac)))
    }

    /// What the gateway says about a request.
    #[must_use]
    pub fn close(&self, request: RequestId, address: Option<IpAddr>) -> Option<HeaderValue> {
        let address = address.map_or_else(|| UNKNOWN.to_owned(), |address| address.to_string());
        let seal = hex::encode(self.over(request, &address).finalize().into_bytes());
        HeaderValue::try_from(format!("{address} {seal}")).ok()
    }

    /// The caller's address as the gateway saw it, which may be unknown; nothing when the header is missing, or not
    /// sealed by us for this request.
    #[must_use]
    pub fn open(&self, request: RequestId, headers: &HeaderMap) -> Option<Option<IpAddr>> {
        let (address, seal) = headers.get(ORIGIN)?.to_str().ok()?.split_once(' ')?;
        let seal = hex::decode(seal).ok()?;
        self.over(request, address).verify_slice(&seal).ok()?;
        if address == UNKNOWN { Some(None) } else { address.parse().ok().map(Some) }
    }

    fn over(&self, request: RequestId, address: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::clone(&self.0);
        mac.update(request.to_string().as_bytes());
        mac.update(b" ");
        mac.update(address.as_bytes());
        mac
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal")
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use autolytiq_kernel::{Ids, RequestId};
    use http::{HeaderMap, HeaderValue};

    use super::{ORIGIN, Seal};

    fn headers(value: HeaderValue) -> HeaderMap {
        HeaderMap::from_iter([(ORIGIN, value)])
    }

    #[test]
    fn a_sealed_address_is_believed_for_its_request_only() {
        let ids = Ids::sequence(1);
        let (one, other): (RequestId, RequestId) = (ids.next(), ids.next());
        let seal = Seal::new(&[7; 32]).unwrap();
        let address: IpAddr = "192.0.2.7".parse().unwrap();
        let sealed = headers(seal.close(one, Some(address)).unwrap());
        assert_eq!(seal.open(one, &sealed), Some(Some(address)));
        assert_eq!(seal.open(other, &sealed), None);
        assert_eq!(Seal::new(&[8; 32]).unwrap().open(one, &sealed), None, "another installation's");
        assert_eq!(seal.open(one, &headers(seal.close(one, None).unwrap())), Some(None));
    }

    #[test]
    fn a_changed_or_unsealed_address_is_not_believed() {
        let one: RequestId = Ids::sequence(1).next();
        let seal = Seal::new(&[7; 32]).unwrap();
        let sealed = seal.close(one, "192.0.2.7".parse().ok()).unwrap();
        let changed = sealed.to_str().unwrap().replacen("192.0.2.7", "192.0.2.8", 1);
        for text in [changed.as_str(), "192.0.2.7", "192.0.2.7 00ff", "", "- "] {
            assert_eq!(seal.open(one, &headers(HeaderValue::from_str(text).unwrap())), None, "{text:?}");
        }
        assert_eq!(seal.open(one, &HeaderMap::new()), None);
        assert!(Seal::new(b"short").is_none());
    }
}
