//! Forms that people fill in: whoever did hears of everything that is wrong at once.

use std::fmt::Display;

use autolytiq_kernel::{Fault, Form, Role, StoreZone};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        custom_role::{CustomRoleId, Given},
        email::Email,
        name::Name,
        password::{NewPassword, TypedPassword},
        place::StorePlace,
        profile::{NewPerson, NewStore},
    },
    error::IdentityError,
};

/// The role that is given: a predefined one or one of the store's own, never both.
pub(super) fn given(form: &mut Form, role: Option<Role>, custom: Option<CustomRoleId>) -> Option<Given> {
    match (role, custom) {
        (Some(role), None) => Some(Given::Predefined(role)),
        (None, Some(custom)) => Some(Given::Custom(custom)),
        (None, None) => {
            form.refuse("/role", "required", "a role, or one of the store's own");
            None
        }
        (Some(_), Some(_)) => {
            form.refuse("/customRole", "ambiguous", "a role or one of the store's own, not both");
            None
        }
    }
}

/// A store to be made.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = NewStore)]
pub(super) struct StoreForm {
    /// Its name, 1 to 120 characters.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// Its time zone by IANA name.
    #[schema(examples("America/Chicago"))]
    time_zone: String,
    /// Where it stands.
    place: PlaceForm,
    /// Street and number.
    #[serde(default)]
    #[schema(max_length = 120)]
    street: Option<String>,
}

/// A place in the United States.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = NewStorePlace)]
pub(super) struct PlaceForm {
    /// The state's two letters.
    #[schema(pattern = "^[A-Z]{2}$")]
    state: String,
    /// The county, without the word.
    #[serde(default)]
    #[schema(max_length = 80)]
    county: Option<String>,
    /// The city.
    #[serde(default)]
    #[schema(max_length = 80)]
    city: Option<String>,
    /// Five digits, or nine as `78701-1234`.
    #[serde(default)]
    #[schema(pattern = "^[0-9]{5}(-[0-9]{4})?$")]
    zip: Option<String>,
}

/// A person to be given an account.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = NewPerson)]
pub(super) struct PersonForm {
    /// As the store calls them, 1 to 120 characters.
    #[schema(min_length = 1, max_length = 120)]
    pub(super) name: String,
    /// The address they sign in with.
    #[schema(format = Email)]
    pub(super) email: String,
    /// Their first password, 12 to 128 characters.
    #[schema(value_type = String, format = Password, min_length = 12, max_length = 128)]
    pub(super) password: TypedPassword,
}

impl StoreForm {
    /// The store, unless something was noted below `at`.
    pub(super) fn read(self, form: &mut Form, at: &str) -> Option<NewStore> {
        let name = name(form, &format!("{at}/name"), &self.name);
        let zone = take(form, &format!("{at}/timeZone"), "unknown-zone", StoreZone::named(&self.time_zone));
        let place = self.place.read(form, &format!("{at}/place"));
        let street = optional(self.street).map(|street| self::name(form, &format!("{at}/street"), &street));
        let street = all(street)?;
        Some(NewStore { name: name?, zone: zone?, place: place?, street, demo: false })
    }
}

impl PlaceForm {
    fn read(self, form: &mut Form, at: &str) -> Option<StorePlace> {
        let state = take(form, &format!("{at}/state"), "unknown-state", self.state.try_into());
        let mut part = |field: &str, text: Option<String>| {
            optional(text).map(|text| take(form, &format!("{at}/{field}"), "malformed", text.try_into()))
        };
        let (county, city) = (part("county", self.county), part("city", self.city));
        let zip = optional(self.zip).map(|zip| take(form, &format!("{at}/zip"), "malformed", zip.try_into()));
        Some(StorePlace { county: all(county)?, city: all(city)?, zip: all(zip)?, state: state? })
    }
}

impl PersonForm {
    /// The person, unless something was noted below `at`.
    pub(super) fn read(self, form: &mut Form, at: &str) -> Option<NewPerson> {
        let name = name(form, &format!("{at}/name"), &self.name);
        let email = take(form, &format!("{at}/email"), "malformed", Email::parse(&self.email));
        let (name, email) = (name?, email?);
        // What makes a password weak depends on whose it is.
        if let Err(weak) = NewPassword::accept(self.password.clone(), &email, &name) {
            form.refuse(&format!("{at}/password"), weak.code(), weak.to_string());
            return None;
        }
        Some(NewPerson { name, email, password: self.password })
    }
}

/// A name.
pub(super) fn name(form: &mut Form, pointer: &str, text: &str) -> Option<Name> {
    take(form, pointer, "malformed", Name::parse(text))
}

/// A name of what stands in narrow lists: roles and teams.
pub(super) fn short_name(form: &mut Form, pointer: &str, text: &str) -> Option<Name> {
    let name = Name::parse(text).ok().filter(|name| name.as_str().chars().count() <= 60);
    form.take(pointer, name.ok_or_else(|| Fault::new("malformed", "write 1 to 60 characters on one line")))
}

/// What a form gave, or everything that was noted.
pub(super) fn finish<T>(form: Form, value: Option<T>) -> Result<T, IdentityError> {
    match (form.finish(()), value) {
        (Ok(()), Some(value)) => Ok(value),
        (noted, _) => Err(IdentityError::Invalid(noted.err().unwrap_or_default())),
    }
}

pub(super) fn take<T, E: Display>(
    form: &mut Form,
    pointer: &str,
    code: &'static str,
    result: Result<T, E>,
) -> Option<T> {
    form.take(pointer, result.map_err(|error| Fault::new(code, error.to_string())))
}

/// A form sends an empty text for what nobody filled in.
fn optional(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// Nothing given is fine; something given and refused is not.
fn all<T>(given: Option<Option<T>>) -> Option<Option<T>> {
    match given {
        Some(None) => None,
        given => Some(given.flatten()),
    }
}
