//! A setting with its version beside it.

use utoipa::{
    PartialSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type},
};

/// The fields of a setting and the version beside them. Composed of the two schemas it would refuse every value: the
/// setting, which a client writes, takes no field it does not know.
pub(super) fn schema<T: PartialSchema>(description: &str) -> RefOr<Schema> {
    match T::schema() {
        RefOr::T(Schema::Object(mut object)) => {
            let version = ObjectBuilder::new()
                .schema_type(Type::Integer)
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
                .description(Some("For `If-Match`."));
            object.properties.insert("version".to_owned(), version.build().into());
            object.required.push("version".to_owned());
            object.additional_properties = None;
            object.description = Some(description.to_owned());
            RefOr::T(Schema::Object(object))
        }
        other => other,
    }
}
