//! Which addresses a request on a store's behalf may reach: the public internet, and nothing of the network this process
//! stands in.
//!
//! The check is made where the connection is: the resolver hands on public addresses only, so a name that pointed elsewhere
//! a moment ago, or answers differently the second time, gains nothing. Redirects are not followed.

use std::error::Error;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// What may be reached.
#[derive(Debug, Clone, Copy, Default)]
pub struct Guard {
    inside: bool,
}

/// Why an address may not be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not https.
    #[error("the address must begin with https://")]
    NotHttps,
    /// A user, a password or a fragment.
    #[error("the address must have no user name, password or fragment")]
    Decorated,
    /// No host, or one that is not on the public internet.
    #[error("the address is not on the public internet")]
    NotPublic,
}

impl Guard {
    /// The public internet over TLS.
    #[must_use]
    pub const fn public() -> Self {
        Self { inside: false }
    }

    /// The private network of the installation as well, and this machine also without TLS: for an operator whose provider
    /// stands there, and for tests. Link-local addresses, where clouds keep their machines' credentials, stay closed.
    #[must_use]
    pub const fn with_private_network() -> Self {
        Self { inside: true }
    }

    /// Whether a request may be sent there, as far as its text tells.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn check(self, url: &Url) -> Result<(), Refused> {
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(Refused::Decorated);
        }
        let address = match url.host() {
            None => return Err(Refused::NotPublic),
            Some(Host::Domain(name)) => {
                let local = name.eq_ignore_ascii_case("localhost") || name.ends_with(".localhost");
                local.then_some(IpAddr::V4(Ipv4Addr::LOCALHOST))
            }
            Some(Host::Ipv4(v4)) => Some(IpAddr::V4(v4)),
            Some(Host::Ipv6(v6)) => Some(IpAddr::V6(v6)),
        };
        if address.is_some_and(|address| !self.allows(address)) {
            return Err(Refused::NotPublic);
        }
        let beside_us = self.inside && address.is_some_and(|address| address.is_loopback());
        if url.scheme() == "https" || (url.scheme() == "http" && beside_us) { Ok(()) } else { Err(Refused::NotHttps) }
    }

    fn allows(self, address: IpAddr) -> bool {
        is_public(address) || (self.inside && is_inside(address))
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = *self;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|address| guard.allows(address.ip())).collect();
            if allowed.is_empty() {
                let error: Box<dyn Error + Send + Sync> = Box::new(io::Error::other(Refused::NotPublic));
                return Err(error);
            }
            let addresses: Addrs = Box::new(allowed.into_iter());
            Ok(addresses)
        })
    }
}

/// Whether an address belongs to the public internet, by the special-purpose registries of IANA (RFC 6890).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// Whether an address is this machine's, or of a private network (RFC 1918, RFC 4193).
fn is_inside(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = a == 0
        || a == 10
        || a == 127
        || (a == 100 && (64..128).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..32).contains(&b))
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 192 && b == 168)
        || (a == 198 && (b == 18 || b == 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113)
        || a >= 224;
    !special
}

/// Of IPv6 only the global unicast block is handed out; inside it some carry an IPv4 address, which decides.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, ..] = address.segments();
    if let Some(v4) = address.to_ipv4_mapped() {
        return is_public_v4(v4);
    }
    let within = |high: u16, low: u16| {
        let ([w, x], [y, z]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(w, x, y, z))
    };
    match (a, b) {
        (0x2002, _) => within(b, c),
        (0x2001, 0x0db8) => false,
        (0x2001, 0..0x0200) => false,
        (0x3fff, 0..0x1000) => false,
        (0x0064, 0xff9b) if c == 0 && d == 0 => {
            let [.., high, low] = address.segments();
            within(high, low)
        }
        _ => a & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::{Guard, Refused};

    fn check(guard: Guard, url: &str) -> Result<(), Refused> {
        guard.check(&url.parse().unwrap())
    }

    #[test]
    fn nothing_of_the_inside_is_reached() {
        for inside in [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.0.0.1/",
            "https://0/",
            "https://10.0.0.7/",
            "https://172.16.0.1/",
            "https://172.31.255.255/",
            "https://192.168.1.1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://100.64.0.1/",
            "https://198.18.0.1/",
            "https://224.0.0.1/",
            "https://255.255.255.255/",
            "https://[::1]/",
            "https://[::]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[fe80::1]/",
            "https://[fc00::1]/",
            "https://[fd12:3456::1]/",
            "https://[ff02::1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[2002:7f00:1::]/",
            "https://[2001:db8::1]/",
            "https://localhost/",
            "https://LOCALHOST/",
            "https://idp.localhost/",
        ] {
            assert_eq!(check(Guard::public(), inside), Err(Refused::NotPublic), "{inside}");
        }
    }

    #[test]
    fn the_public_internet_is_reached_over_tls_alone() {
        for outside in ["https://login.example.com/realm", "https://93.184.216.34/", "https://[2606:2800:220:1::1]/"] {
            assert_eq!(check(Guard::public(), outside), Ok(()), "{outside}");
        }
        assert_eq!(check(Guard::public(), "http://login.example.com/"), Err(Refused::NotHttps));
        assert_eq!(check(Guard::public(), "ftp://login.example.com/"), Err(Refused::NotHttps));
        assert_eq!(check(Guard::public(), "https://user@login.example.com/"), Err(Refused::Decorated));
        assert_eq!(check(Guard::public(), "https://login.example.com/#f"), Err(Refused::Decorated));
        assert_eq!(check(Guard::public(), "file:///etc/passwd"), Err(Refused::NotPublic));
    }

    #[test]
    fn the_inside_is_reached_where_the_operator_said_so_and_the_clouds_metadata_never() {
        let guard = Guard::with_private_network();
        for inside in [
            "http://127.0.0.1:4000/",
            "http://localhost:4000/",
            "https://[::1]:4000/",
            "https://10.0.0.1/",
            "https://[fd12:3456::1]/",
        ] {
            assert_eq!(check(guard, inside), Ok(()), "{inside}");
        }
        assert_eq!(check(guard, "http://login.example.com/"), Err(Refused::NotHttps));
        assert_eq!(check(guard, "http://10.0.0.1/"), Err(Refused::NotHttps));
        for never in ["https://169.254.169.254/latest/meta-data/", "https://[fe80::1]/", "https://0.0.0.0/"] {
            assert_eq!(check(guard, never), Err(Refused::NotPublic), "{never}");
        }
    }
}
