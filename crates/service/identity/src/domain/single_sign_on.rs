//! A store's own OpenID provider, and what is believed of what it says.

use autolytiq_kernel::{Fault, Form, Role, problem::FieldError, typed_id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    custom_role::{CustomRoleId, Given},
    email::Email,
};

typed_id! {
    /// A store's connection to its provider.
    SsoConnectionId = "sso-connection",
}

const MOST_HOSTS: usize = 20;
const MOST_RULES: usize = 50;

/// A role that people are given: a predefined one or one of the store's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SsoRole)]
pub(crate) struct RoleChoice {
    /// A predefined role, or `customRole`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) role: Option<Role>,
    /// One of the store's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(crate) custom_role: Option<CustomRoleId>,
}

impl RoleChoice {
    /// What is given, of a choice that was checked.
    pub(crate) fn given(&self) -> Option<Given> {
        self.custom_role.map(Given::Custom).or(self.role.map(Given::Predefined))
    }

    fn check(&self, form: &mut Form, at: &str) {
        match (self.role, self.custom_role) {
            (None, None) => form.refuse(&format!("{at}/role"), "required", "a role, or one of the store's own"),
            (Some(_), Some(_)) => {
                form.refuse(&format!("{at}/customRole"), "ambiguous", "a role or one of the store's own, not both");
            }
            (Some(Role::GroupAdministrator), None) => {
                let why = "a store's provider speaks for the store, not for its group";
                form.refuse(&format!("{at}/role"), "not-permitted", why);
            }
            _ => {}
        }
    }
}

/// What a value of the role claim makes somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SsoRoleRule)]
pub(crate) struct RoleRule {
    /// A value of the claim, letter for letter.
    #[schema(min_length = 1, max_length = 200)]
    pub(crate) value: String,
    /// The role.
    pub(crate) gives: RoleChoice,
}

/// A connection as an administrator writes it, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Connection {
    pub(crate) issuer: String,
    pub(crate) client_id: String,
    pub(crate) hosts: Vec<String>,
    pub(crate) role_claim: Option<String>,
    pub(crate) role_rules: Vec<RoleRule>,
    pub(crate) other_role: Option<RoleChoice>,
    pub(crate) passwords: bool,
    pub(crate) active: bool,
}

/// What the provider makes somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// This, now and at every sign-in.
    Is(Given),
    /// Nothing: people keep what they are; who comes for the first time is given this, if anything.
    Nothing(Option<Given>),
    /// Nobody who works here.
    Nobody,
}

impl Connection {
    /// The same with its texts in the spelling we keep.
    ///
    /// # Errors
    /// Everything that cannot be accepted.
    pub(crate) fn checked(mut self) -> Result<Self, Vec<FieldError>> {
        let mut form = Form::new();
        self.issuer = form.line("/issuer", &self.issuer, 300);
        self.client_id = form.line("/clientId", &self.client_id, 300);
        self.role_claim = form.optional_line("/roleClaim", self.role_claim.as_deref(), 120);
        if self.hosts.is_empty() || self.hosts.len() > MOST_HOSTS {
            form.refuse("/hosts", "out-of-range", format!("write 1 to {MOST_HOSTS} hosts"));
        }
        for (at, host) in self.hosts.iter_mut().enumerate() {
            *host = host.trim().trim_start_matches('@').to_ascii_lowercase();
            let known = Email::parse(&format!("somebody@{host}")).map_err(|_| Fault::new("malformed", HOST));
            let _ = form.take(&format!("/hosts/{at}"), known);
        }
        if self.role_rules.len() > MOST_RULES {
            form.refuse("/roleRules", "too-many", format!("at most {MOST_RULES} rules"));
        }
        if self.role_claim.is_none() && !self.role_rules.is_empty() {
            form.refuse("/roleClaim", "required", "name the claim whose values the rules compare");
        }
        for (at, rule) in self.role_rules.iter_mut().enumerate() {
            rule.value = form.line(&format!("/roleRules/{at}/value"), &rule.value, 200);
            rule.gives.check(&mut form, &format!("/roleRules/{at}/gives"));
        }
        if let Some(other) = &self.other_role {
            other.check(&mut form, "/otherRole");
        }
        form.finish(self)
    }

    /// Whether the provider is believed about this address.
    pub(crate) fn vouches_for(&self, email: &Email) -> bool {
        self.hosts.iter().any(|known| known == email.host())
    }

    /// What the values of the role claim make somebody: the first rule that fits counts.
    pub(crate) fn says(&self, values: &[&str]) -> Said {
        let other = self.other_role.as_ref().and_then(RoleChoice::given);
        if self.role_claim.is_none() {
            return Said::Nothing(other);
        }
        let fits = self.role_rules.iter().find(|rule| values.contains(&rule.value.as_str()));
        fits.and_then(|rule| rule.gives.given()).or(other).map_or(Said::Nobody, Said::Is)
    }

    /// Every role that the connection can give, with where it stands.
    pub(crate) fn gives(&self) -> Vec<(String, Given)> {
        let rules = self.role_rules.iter().enumerate();
        let mut all: Vec<(String, Given)> =
            rules.filter_map(|(at, rule)| Some((format!("/roleRules/{at}/gives"), rule.gives.given()?))).collect();
        all.extend(self.other_role.as_ref().and_then(RoleChoice::given).map(|given| ("/otherRole".to_owned(), given)));
        all
    }
}

const HOST: &str = "write the part of the addresses after the @, like dealer.example";

#[cfg(test)]
mod tests {
    use autolytiq_kernel::Role;

    use super::{Connection, RoleChoice, RoleRule, Said};
    use crate::domain::{custom_role::Given, email::Email};

    fn gives(role: Role) -> RoleChoice {
        RoleChoice { role: Some(role), custom_role: None }
    }

    fn connection() -> Connection {
        let rule = |value: &str, role| RoleRule { value: value.into(), gives: gives(role) };
        Connection {
            issuer: " https://login.example.com ".into(),
            client_id: "desk".into(),
            hosts: vec!["@Prairie.Example.com".into()],
            role_claim: Some("groups".into()),
            role_rules: vec![rule("managers", Role::SalesManager), rule("sales", Role::Salesperson)],
            other_role: None,
            passwords: true,
            active: true,
        }
    }

    #[test]
    fn the_first_rule_that_fits_counts() {
        let mut connection = connection();
        assert_eq!(connection.says(&["sales", "managers"]), Said::Is(Given::Predefined(Role::SalesManager)));
        assert_eq!(connection.says(&["sales"]), Said::Is(Given::Predefined(Role::Salesperson)));
        assert_eq!(connection.says(&["Sales", "other"]), Said::Nobody);
        connection.other_role = Some(gives(Role::Bdc));
        assert_eq!(connection.says(&[]), Said::Is(Given::Predefined(Role::Bdc)));
        connection.role_claim = None;
        assert_eq!(connection.says(&["managers"]), Said::Nothing(Some(Given::Predefined(Role::Bdc))));
    }

    #[test]
    fn a_provider_is_believed_about_its_own_hosts_alone() {
        let connection = connection().checked().unwrap();
        assert_eq!(connection.issuer, "https://login.example.com");
        let vouches = |address: &str| connection.vouches_for(&Email::parse(address).unwrap());
        assert!(vouches("Ada@prairie.example.com"));
        assert!(!vouches("ada@evil.example.com") && !vouches("ada@prairie.example.com.evil.example"));
        assert!(!vouches("ada@sub.prairie.example.com"));
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let wrong = Connection {
            client_id: String::new(),
            hosts: vec!["no host".into()],
            role_claim: None,
            other_role: Some(gives(Role::GroupAdministrator)),
            ..connection()
        };
        let errors = wrong.checked().unwrap_err();
        let pointers: Vec<&str> = errors.iter().map(|error| error.pointer.as_ref()).collect();
        assert_eq!(pointers, ["/clientId", "/hosts/0", "/roleClaim", "/otherRole/role"]);
    }
}
