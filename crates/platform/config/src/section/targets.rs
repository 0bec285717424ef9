//! `[targets]`

use serde::{Deserialize, Serialize};
use url::Url;

/// Which parts of the product this process runs, and where a gateway finds the others.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Targets {
    /// Names of targets, or `all`.
    pub run: Vec<String>,
    /// Where sign-in and sessions are served, like `http://10.0.0.7:3001`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<Url>,
    /// Where users, settings and the audit trail are served.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin: Option<Url>,
    /// Where deals, places, calculations and live updates are served.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deals: Option<Url>,
    /// Where customers are served.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customers: Option<Url>,
    /// Where vehicles are served.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inventory: Option<Url>,
}

impl Default for Targets {
    fn default() -> Self {
        let run = vec!["all".to_owned()];
        Self { run, auth: None, admin: None, deals: None, customers: None, inventory: None }
    }
}

impl Targets {
    /// The addresses by the targets' names; none for one that was not given.
    #[must_use]
    pub fn addresses(&self) -> [(&'static str, Option<&Url>); 5] {
        [
            ("auth", self.auth.as_ref()),
            ("admin", self.admin.as_ref()),
            ("deals", self.deals.as_ref()),
            ("customers", self.customers.as_ref()),
            ("inventory", self.inventory.as_ref()),
        ]
    }

    /// Whether this process is one of several.
    #[must_use]
    pub fn is_split(&self) -> bool {
        !self.runs("all")
    }

    /// Whether this process runs a target.
    #[must_use]
    pub fn runs(&self, target: &str) -> bool {
        self.run.iter().any(|name| name == target || name == "all")
    }

    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.run.is_empty() {
            faults.push("targets.run must name a target, or all".to_owned());
        }
        for (name, url) in self.addresses().into_iter().filter_map(|(name, url)| Some((name, url?))) {
            let bare = url.path() == "/" && url.query().is_none() && url.username().is_empty();
            if url.scheme() != "http" || !url.has_host() || !bare {
                faults.push(format!("targets.{name} must be like http://10.0.0.7:3001, not {url}"));
            }
        }
        faults
    }
}
