//! `[mail]`

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::Secret;

/// How messages leave.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// The mail server: `smtps://user:password@mail.example`, or `smtp://user:password@mail.example:587?tls=required`.
    /// Without one, messages are filed in the folder `mail` of the data folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_url: Option<Secret>,
    /// The address that messages come from.
    pub from: String,
}

impl Default for Mail {
    fn default() -> Self {
        Self { smtp_url: None, from: "autolytiq@localhost".to_owned() }
    }
}

impl Mail {
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if !self.from.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty()) {
            faults.push("mail.from must be an address like desk@dealer.example".to_owned());
        }
        let Some(text) = &self.smtp_url else { return faults };
        match Url::parse(text.expose()) {
            Ok(url) if matches!(url.scheme(), "smtp" | "smtps") && url.host().is_some() => {
                let sealed = url.scheme() == "smtps" || url.query() == Some("tls=required");
                if !sealed && !is_this_machine(&url) {
                    faults.push("mail.smtp_url must be smtps://… or end with ?tls=required".to_owned());
                }
            }
            // The address itself is not repeated: it has the password.
            _ => faults.push("mail.smtp_url must be like smtps://user:password@mail.example".to_owned()),
        }
        faults
    }
}

/// Links that let their holder in are in these messages, so only this machine is spoken to in clear.
fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        // A URL of a scheme the crate does not know keeps an address as a name.
        Some(Host::Domain(name)) => matches!(name, "localhost" | "127.0.0.1"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
