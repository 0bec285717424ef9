//! Closed bodies inside wider answers.
//!
//! A form that takes no further members is a closed schema. An answer that is the form with its id and version is an `allOf`
//! of it, and a closed part of an `allOf` refuses the members of the others. There the part stands with its members and
//! without the lock.

use utoipa::openapi::schema::{AdditionalProperties, AllOf, Object, Schema};
use utoipa::openapi::{OpenApi, RefOr};

/// Opens every closed part of an `allOf`.
pub(super) fn open_parts(document: &mut OpenApi) {
    let Some(components) = &mut document.components else { return };
    let schemas = components.schemas.clone();
    let opened = |part: &RefOr<Schema>| {
        let RefOr::Ref(reference) = part else { return None };
        match schemas.get(reference.ref_location.rsplit('/').next()?)? {
            RefOr::T(Schema::Object(whole)) if is_closed(whole) => {
                let mut open = whole.clone();
                open.additional_properties = None;
                Some(RefOr::T(Schema::Object(open)))
            }
            _ => None,
        }
    };
    for schema in components.schemas.values_mut() {
        if let RefOr::T(Schema::AllOf(AllOf { items, .. })) = schema {
            for part in items {
                if let Some(open) = opened(part) {
                    *part = open;
                }
            }
        }
    }
}

fn is_closed(object: &Object) -> bool {
    matches!(object.additional_properties.as_deref(), Some(AdditionalProperties::FreeForm(false)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use utoipa::openapi::OpenApi;

    use super::open_parts;

    #[test]
    fn a_closed_part_is_opened_and_the_form_itself_stays_closed() {
        let form =
            json!({ "type": "object", "properties": { "name": { "type": "string" } }, "additionalProperties": false });
        let line = json!({ "allOf": [
            { "$ref": "#/components/schemas/Form" },
            { "type": "object", "properties": { "id": { "type": "string" } } },
        ] });
        let mut document: OpenApi = serde_json::from_value(json!({
            "openapi": "3.1.0", "info": { "title": "t", "version": "1" }, "paths": {},
            "components": { "schemas": { "Form": form, "Line": line } },
        }))
        .unwrap();
        open_parts(&mut document);
        let schemas = serde_json::to_value(&document).unwrap()["components"]["schemas"].clone();
        assert_eq!(schemas["Form"]["additionalProperties"], false);
        assert_eq!(schemas["Line"]["allOf"][0]["properties"]["name"]["type"], "string");
        assert_eq!(schemas["Line"]["allOf"][0].get("additionalProperties"), None::<&Value>);
    }
}
