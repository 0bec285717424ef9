//! The JSON form of the engine's operations as one JSON Schema, taken from the API document.

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Requests and answers of every operation under `/calc`, by the operation's id, with the types they are made of.
///
/// `{"$schema": …, "operations": {"calcApr": {"request": {"$ref": …}, "answer": {"$ref": …}}, …}, "$defs": {…}}`: a validator is
/// pointed at `#/operations/<id>/request`. OpenAPI 3.1 schemas are JSON Schema of the draft 2020-12.
#[must_use]
pub fn engine_schema(document: &Value) -> Value {
    let mut operations = Map::new();
    let paths = document["paths"].as_object().into_iter().flatten();
    for (_, item) in paths.filter(|(path, _)| path.starts_with("/api/v1/calc/")) {
        for operation in item.as_object().into_iter().flat_map(Map::values) {
            let (Some(id), answer) = (
                operation["operationId"].as_str(),
                &operation["responses"]["200"]["content"]["application/json"]["schema"],
            ) else {
                continue;
            };
            let request = &operation["requestBody"]["content"]["application/json"]["schema"];
            let mut entry = Map::from_iter([("answer".to_owned(), answer.clone())]);
            if !request.is_null() {
                entry.insert("request".to_owned(), request.clone());
            }
            operations.insert(id.to_owned(), Value::Object(entry));
        }
    }
    let mut operations = Value::Object(operations);
    let mut wanted = BTreeSet::new();
    rename(&mut operations, &mut wanted);
    let mut types = Map::new();
    while let Some(name) = wanted.iter().find(|name| !types.contains_key(*name)).cloned() {
        let mut schema = document["components"]["schemas"][&name].clone();
        rename(&mut schema, &mut wanted);
        types.insert(name, schema);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The calculation engine: requests and answers",
        "operations": operations,
        "$defs": types,
    })
}

/// Points references at `$defs`, and collects what they name.
fn rename(value: &mut Value, wanted: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                match field.as_str().and_then(|text| text.strip_prefix("#/components/schemas/")) {
                    Some(name) if key == "$ref" => {
                        wanted.insert(name.to_owned());
                        *field = Value::String(format!("#/$defs/{name}"));
                    }
                    _ => rename(field, wanted),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, wanted)),
        _ => {}
    }
}
