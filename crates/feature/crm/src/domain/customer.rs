//! A customer: what may be typed, and what of it is kept.

use autolytiq_kernel::{CustomerId, Form, problem::FieldError, search::fold};
use autolytiq_tax::Place;
use jiff::civil::{Date, date};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::{
    contact::{Email, Phone},
    place,
};

/// What a person types about a customer, not yet checked.
#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomerForm {
    /// Made by the client, version 7. Needed to add a customer; when one is changed it may be repeated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<CustomerId>,
    /// Given name.
    #[schema(max_length = 80)]
    pub first_name: String,
    /// Family name, or the name of a business.
    #[schema(max_length = 80)]
    pub last_name: String,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 254)]
    pub email: Option<String>,
    /// Telephone number as people write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40)]
    pub phone: Option<String>,
    /// Street and number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub street: Option<String>,
    /// Where the customer lives, which decides the tax of most deals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Anything worth knowing; not for protected data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 10000)]
    pub notes: Option<String>,
    /// Absent leaves what is on file, `null` removes it.
    #[serde(default, skip_serializing_if = "Keep::is_keep")]
    #[schema(value_type = Option<String>, format = Date)]
    pub date_of_birth: Keep<Date>,
}

/// A field of a change that can be left as it is, removed, or set.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Keep<T> {
    /// As it was.
    #[default]
    Keep,
    /// Removed.
    Remove,
    /// Set to this.
    Set(T),
}

impl<T> Keep<T> {
    /// Whether nothing was said.
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

impl<T: Serialize> Serialize for Keep<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep | Self::Remove => serializer.serialize_none(),
            Self::Set(value) => serializer.serialize_some(value),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Keep<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Remove, Self::Set))
    }
}

/// A customer's facts that were checked, without the protected ones.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct CustomerFacts {
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: Option<Email>,
    pub(crate) phone: Option<Phone>,
    pub(crate) street: Option<String>,
    pub(crate) place: Option<Place>,
    pub(crate) notes: Option<String>,
}

impl CustomerFacts {
    /// Reads the form. `today` bounds the date of birth.
    ///
    /// # Errors
    /// Everything that is wrong with it, field by field.
    pub(crate) fn read(form: &CustomerForm, today: Date) -> Result<(Self, Keep<Date>), Vec<FieldError>> {
        let mut check = Form::new();
        let facts = Self {
            first_name: check.line("/firstName", &form.first_name, 80),
            last_name: check.line("/lastName", &form.last_name, 80),
            email: given(form.email.as_deref()).and_then(|email| check.take("/email", Email::parse(email))),
            phone: given(form.phone.as_deref()).and_then(|phone| check.take("/phone", Phone::parse(phone))),
            street: check.optional_line("/street", form.street.as_deref(), 200),
            place: form.place.as_ref().map(|place| place::read(&mut check, place)),
            notes: check.optional_prose("/notes", form.notes.as_deref(), 10_000),
        };
        if let Keep::Set(born) = form.date_of_birth {
            if born < date(1900, 1, 1) {
                check.refuse("/dateOfBirth", "too-early", "the day must be in 1900 or later");
            } else if born > today {
                check.refuse("/dateOfBirth", "in-future", "the day must not be in the future");
            }
        }
        check.finish((facts, form.date_of_birth))
    }

    /// The place in the list: by last name, then first name, as folded.
    pub(crate) fn sort_name(&self) -> String {
        let folded = fold(&format!("{} {}", self.last_name, self.first_name));
        // A name of punctuation alone folds to nothing; it stands first.
        if folded.is_empty() { "0".to_owned() } else { folded }
    }

    /// What the search looks through.
    pub(crate) fn search_text(&self) -> String {
        let email = self.email.as_ref().map_or("", Email::as_str);
        let digits = self.phone.as_ref().map_or("", Phone::digits);
        fold(&format!("{} {} {email} {digits}", self.first_name, self.last_name))
    }
}

fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{CustomerFacts, CustomerForm, Keep};

    fn read(json: &str) -> Result<(CustomerFacts, Keep<jiff::civil::Date>), Vec<String>> {
        let form: CustomerForm = serde_json::from_str(json).unwrap();
        CustomerFacts::read(&form, date(2026, 3, 1))
            .map_err(|errors| errors.into_iter().map(|e| format!("{} {}", e.pointer, e.code)).collect())
    }

    #[test]
    fn what_search_sees() {
        let json = r#"{"firstName":"José","lastName":"O'Brien","email":"Jose@Example.com","phone":"(214) 555-0123"}"#;
        let (facts, born) = read(json).ok().unwrap();
        assert_eq!(facts.search_text(), "jose obrien jose@example.com 12145550123");
        assert_eq!(facts.sort_name(), "obrien jose");
        assert!(born.is_keep());
    }

    #[test]
    fn the_date_of_birth_is_kept_removed_or_set() {
        let with = |born: &str| read(&format!(r#"{{"firstName":"A","lastName":"B"{born}}}"#)).map(|(_, born)| born);
        assert!(with("") == Ok(Keep::Keep));
        assert!(with(r#","dateOfBirth":null"#) == Ok(Keep::Remove));
        assert!(with(r#","dateOfBirth":"1990-04-01""#) == Ok(Keep::Set(date(1990, 4, 1))));
        assert!(with(r#","dateOfBirth":"1899-12-31""#) == Err(vec!["/dateOfBirth too-early".to_owned()]));
        assert!(with(r#","dateOfBirth":"2026-03-02""#) == Err(vec!["/dateOfBirth in-future".to_owned()]));
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let json = r#"{"firstName":"","lastName":"B","email":"x","phone":"1","place":{"state":"ZZ"}}"#;
        let told = read(json).err().unwrap();
        assert_eq!(told, ["/firstName required", "/email email", "/phone phone", "/place/state unknown-state"]);
    }
}
