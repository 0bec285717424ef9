//! The API document: OpenAPI 3.1, from the same declarations that make the routes.

mod flat;
mod page;

use std::collections::BTreeMap;

use utoipa::ToSchema;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Required, Response,
    ResponseBuilder,
};

use crate::error::PROBLEM_JSON;
use crate::module::Module;
use crate::routes::{Routes, collect};

pub(crate) use page::routes as page_routes;

/// The body of every refusal (RFC 9457). Problems may carry further members, which their pages describe.
#[derive(Debug, serde::Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Problem)]
struct ProblemBody {
    /// The address of the page that explains the code: `/problems/<code>`.
    r#type: String,
    /// What kind of problem this is, the same for every occurrence.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What is wrong in this case.
    detail: String,
    /// The stable name a program can rely on.
    code: String,
    /// What to quote to an operator.
    request_id: String,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<ProblemField>>,
}

/// One field that cannot be accepted.
#[derive(Debug, serde::Serialize, ToSchema)]
struct ProblemField {
    /// A JSON pointer into the body (RFC 6901); for a query parameter, a slash and its name.
    pointer: String,
    /// A stable word for a program.
    code: String,
    /// A sentence for a person.
    detail: String,
}

/// The document of these modules, in their order. It needs neither a database nor a configuration.
#[must_use]
pub fn document(modules: &[Module]) -> OpenApi {
    document_of(modules.iter().flat_map(Module::areas).map(|(_, routes)| routes))
}

/// Names of schemas that mean more than one thing in these modules: the document has room for one of them.
#[must_use]
pub fn clashes(modules: &[Module]) -> Vec<String> {
    let mut schemas = BTreeMap::new();
    let areas = modules.iter().flat_map(Module::areas).map(|(_, routes)| routes());
    areas
        .flat_map(|routes| {
            let more = collect(&mut schemas, routes.openapi.components.unwrap_or_default().schemas);
            [routes.clashes, more].concat()
        })
        .collect()
}

/// The document of these routes.
pub(crate) fn document_of(areas: impl Iterator<Item = fn() -> Routes>) -> OpenApi {
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    let mut schemas = vec![(ProblemBody::name().into_owned(), <ProblemBody as utoipa::PartialSchema>::schema())];
    ProblemBody::schemas(&mut schemas);
    let components = ComponentsBuilder::new().schemas_from_iter(schemas).security_scheme("bearer", bearer).build();
    let info = InfoBuilder::new()
        .title("Autolytiq")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Money is a string of decimal dollars, a rate a decimal string of one (0.0625), a date is civil. \
             `x-permission` names what the caller needs: a permission of their role, `authenticated`, or `public`; \
             with `x-reach: group` the permission has to reach all stores of the group. \
             Refusals are `application/problem+json`; each code has a page under `/problems`.",
        ))
        .build();
    let mut document = OpenApiBuilder::new().info(info).components(Some(components)).build();
    for routes in areas {
        document.merge(routes().openapi);
    }
    flat::open_parts(&mut document);
    document
}

/// What any operation may answer instead of its own responses.
pub(crate) fn problem_response() -> RefOr<Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description("A refusal, as a problem.").content(PROBLEM_JSON, content).build().into()
}

/// The header of operations that create or send.
pub(crate) fn idempotency_parameter() -> Parameter {
    let text = utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::String).build();
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("The same key with the same body gives the stored answer instead of doing it again."))
        .schema(Some(text))
        .build()
}
