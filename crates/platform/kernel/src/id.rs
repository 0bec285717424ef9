//! Typed ids: one newtype per noun, so that a vehicle's id cannot be passed where a deal's is meant.
//!
//! Every id is a UUID. Ids made by us are version 7 (ordered by time, so that they append to an index); a client that
//! creates something offline brings its own id, and any UUID is accepted from it: uniqueness is per dealership, since
//! the key of every tenant table starts with the dealership.

use std::{fmt, hash::Hash};

use uuid::Uuid;

/// What every typed id can do.
pub trait Id: Copy + Eq + Ord + Hash + fmt::Debug + fmt::Display + Send + Sync + 'static {
    /// The noun, as it appears in audit entries, events and problem details: `deal`, `customer`.
    const NOUN: &'static str;

    /// Gives the noun to a bare UUID.
    fn from_uuid(uuid: Uuid) -> Self;

    /// The bare UUID.
    fn uuid(self) -> Uuid;
}

/// Declares typed ids: `typed_id! { /// A deal. DealId = "deal" }`.
///
/// Each is a transparent UUID for serde (`"0198…"`), for OpenAPI (`string`, format `uuid`) and, with the kernel's
/// feature `sqlx`, for a `uuid` column and `uuid[]` arrays.
#[macro_export]
macro_rules! typed_id {
    ($($(#[$meta:meta])* $name:ident = $noun:literal),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($crate::reexport::uuid::Uuid);

        impl $name {
            /// Gives the noun to a bare UUID.
            #[must_use]
            pub const fn from_uuid(uuid: $crate::reexport::uuid::Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID.
            #[must_use]
            pub const fn uuid(self) -> $crate::reexport::uuid::Uuid {
                self.0
            }
        }

        impl $crate::Id for $name {
            const NOUN: &'static str = $noun;

            fn from_uuid(uuid: $crate::reexport::uuid::Uuid) -> Self {
                Self(uuid)
            }

            fn uuid(self) -> $crate::reexport::uuid::Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!($noun, ":{}"), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::reexport::uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl $crate::reexport::serde::Serialize for $name {
            fn serialize<S: $crate::reexport::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::reexport::serde::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> $crate::reexport::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::reexport::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::reexport::serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }

        impl $crate::reexport::utoipa::PartialSchema for $name {
            fn schema() -> $crate::reexport::utoipa::openapi::RefOr<$crate::reexport::utoipa::openapi::schema::Schema> {
                use $crate::reexport::utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
                    .into()
            }
        }

        impl $crate::reexport::utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed(stringify!($name))
            }
        }

        $crate::typed_id_column!($name);
    )+};
}

/// The part of [`typed_id!`] that needs sqlx; not for direct use.
#[cfg(feature = "sqlx")]
#[doc(hidden)]
#[macro_export]
macro_rules! typed_id_column {
    ($name:ident) => {
        impl $crate::reexport::sqlx::Type<$crate::reexport::sqlx::Postgres> for $name {
            fn type_info() -> $crate::reexport::sqlx::postgres::PgTypeInfo {
                <$crate::reexport::uuid::Uuid as $crate::reexport::sqlx::Type<$crate::reexport::sqlx::Postgres>>::type_info()
            }
        }

        impl $crate::reexport::sqlx::postgres::PgHasArrayType for $name {
            fn array_type_info() -> $crate::reexport::sqlx::postgres::PgTypeInfo {
                <$crate::reexport::uuid::Uuid as $crate::reexport::sqlx::postgres::PgHasArrayType>::array_type_info()
            }
        }

        impl $crate::reexport::sqlx::Encode<'_, $crate::reexport::sqlx::Postgres> for $name {
            fn encode_by_ref(
                &self,
                buffer: &mut $crate::reexport::sqlx::postgres::PgArgumentBuffer,
            ) -> Result<$crate::reexport::sqlx::encode::IsNull, $crate::reexport::sqlx::error::BoxDynError> {
                $crate::reexport::sqlx::Encode::<$crate::reexport::sqlx::Postgres>::encode_by_ref(&self.0, buffer)
            }
        }

        impl $crate::reexport::sqlx::Decode<'_, $crate::reexport::sqlx::Postgres> for $name {
            fn decode(
                value: $crate::reexport::sqlx::postgres::PgValueRef<'_>,
            ) -> Result<Self, $crate::reexport::sqlx::error::BoxDynError> {
                $crate::reexport::sqlx::Decode::<$crate::reexport::sqlx::Postgres>::decode(value).map(Self)
            }
        }
    };
}

/// Without sqlx an id is no column.
#[cfg(not(feature = "sqlx"))]
#[doc(hidden)]
#[macro_export]
macro_rules! typed_id_column {
    ($name:ident) => {};
}

typed_id! {
    /// A group of stores under one ownership.
    GroupId = "group",
    /// One store; the tenant.
    DealershipId = "dealership",
    /// A human who works for one store or several; global, not per store.
    PersonId = "person",
    /// A person's place in one store, with a role.
    MembershipId = "membership",
    /// One log-in of a person on one device.
    SessionId = "session",
    /// A second factor of a person.
    FactorId = "factor",
    /// One link of a session's chain of refresh tokens.
    RefreshTokenId = "refresh_token",
    /// One HTTP request or one run of a job; ties log lines, audit entries, events and problems together.
    RequestId = "request",
    /// A customer of one store.
    CustomerId = "customer",
    /// A vehicle in one store's inventory.
    VehicleId = "vehicle",
    /// A deal being worked.
    DealId = "deal",
    /// One saved version of a deal's figures.
    PencilId = "pencil",
    /// One line of the audit trail.
    AuditEntryId = "audit_entry",
    /// One event of the outbox.
    EventId = "event",
}

#[cfg(test)]
mod tests {
    use super::{DealId, Id};

    const TEXT: &str = "01980f3e-7c00-7000-8000-000000000001";

    #[test]
    fn is_a_plain_uuid_on_the_wire() {
        let id: DealId = serde_json::from_str(&format!("\"{TEXT}\"")).unwrap();
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{TEXT}\""));
        assert_eq!(id.to_string(), TEXT);
        assert_eq!(TEXT.parse::<DealId>().unwrap(), id);
    }

    #[test]
    fn debug_names_the_noun() {
        let id: DealId = TEXT.parse().unwrap();
        assert_eq!(format!("{id:?}"), format!("deal:{TEXT}"));
        assert_eq!(DealId::NOUN, "deal");
    }

    #[test]
    fn refuses_what_is_no_uuid() {
        assert!("D-10482".parse::<DealId>().is_err());
        assert!(serde_json::from_str::<DealId>("17").is_err());
    }

    #[test]
    fn is_a_uuid_in_the_api_document() {
        let schema = serde_json::to_value(<DealId as utoipa::PartialSchema>::schema()).unwrap();
        assert_eq!(schema, serde_json::json!({ "type": "string", "format": "uuid" }));
    }
}
