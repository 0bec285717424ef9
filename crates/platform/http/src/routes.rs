//! Routes and their documentation, registered together.

use std::collections::BTreeMap;
use std::time::Duration;

use autolytiq_kernel::Feature;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use http::Method;
use serde_json::json;
use utoipa::openapi::path::{Operation as OperationDoc, PathItem};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{HttpMethod, OpenApi, OpenApiBuilder, RefOr, Schema};
use utoipa_axum::router::UtoipaMethodRouter;

use crate::guard::Access;
use crate::openapi::problem_response;
use crate::platform::Platform;

/// Where the API lives.
pub const API_PREFIX: &str = "/api/v1";

/// One handler with its document, made by [`op!`](crate::op).
pub struct Operation {
    method_router: UtoipaMethodRouter<Platform>,
    access: Access,
    traits: Traits,
}

/// What the layers need to know about an operation before its handler runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Traits {
    pub(crate) class: RateClass,
    pub(crate) idempotent: bool,
    /// Asks for a recent proof of who one is.
    pub(crate) confirmed: bool,
    /// What a store can switch off, and the operation with it.
    pub(crate) feature: Option<Feature>,
    /// Instead of the general one.
    pub(crate) deadline: Option<Duration>,
    /// Instead of the general one, in bytes.
    pub(crate) body_limit: Option<usize>,
    /// Who may call; none for a path that is no operation.
    pub(crate) access: Option<Access>,
}

/// Which limit an operation counts against.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RateClass {
    /// The person's and the store's, reading apart from writing; without a session the address's.
    #[default]
    General,
    /// The person's and the store's for calculations, which store nothing.
    Calculate,
    /// The person's and the store's for imports and exports.
    Bulk,
    /// Attempts at a secret, counted by address.
    LogIn,
}

impl Operation {
    /// For [`op!`](crate::op).
    #[doc(hidden)]
    #[must_use]
    pub fn new(method_router: UtoipaMethodRouter<Platform>, access: Access) -> Self {
        Self { method_router, access, traits: Traits { access: Some(access), ..Traits::default() } }
    }

    /// The operation creates or sends something and takes an `Idempotency-Key`: the same key with the same body gives
    /// the stored answer, with another body 422, and 409 while the first request is still running.
    #[must_use]
    pub fn idempotent(mut self) -> Self {
        self.traits.idempotent = true;
        self
    }

    /// The operation asks for a recent proof of who one is: what an unattended screen must not allow. Whoever may not call
    /// it is told that instead; an API key proves nothing and is refused.
    #[must_use]
    pub fn confirmed(mut self) -> Self {
        self.traits.confirmed = true;
        self
    }

    /// The operation belongs to a feature that a store can switch off: it is refused then, to everybody who may call it.
    /// Only of operations that ask for a session, which says for which store it acts.
    #[must_use]
    pub fn part_of(mut self, feature: Feature) -> Self {
        self.traits.feature = Some(feature);
        self
    }

    /// Counts against another limit.
    #[must_use]
    pub fn limit(mut self, class: RateClass) -> Self {
        self.traits.class = class;
        self
    }

    /// May take this long until its response begins, instead of the general deadline: for one that reads a large body.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.traits.deadline = Some(deadline);
        self
    }

    /// Takes bodies up to this many bytes, instead of the general limit.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.method_router.2 = self.method_router.2.layer(DefaultBodyLimit::max(bytes));
        self.traits.body_limit = Some(bytes);
        self
    }
}

/// The routes of one area of a module.
pub struct Routes {
    tag: &'static str,
    prefix: &'static str,
    pub(crate) router: Router<Platform>,
    pub(crate) openapi: OpenApi,
    /// By method and path.
    pub(crate) traits: BTreeMap<(String, String), Traits>,
    /// Names of schemas that mean two things: the document keeps one of them, and is wrong.
    pub(crate) clashes: Vec<String>,
}

/// Adds schemas by name; answers the names that meant something else already.
pub(crate) fn collect(
    schemas: &mut BTreeMap<String, RefOr<Schema>>,
    more: impl IntoIterator<Item = (String, RefOr<Schema>)>,
) -> Vec<String> {
    let mut clashes = Vec::new();
    for (name, schema) in more {
        match schemas.get(&name) {
            Some(present) if *present != schema => clashes.push(name),
            Some(_) => {}
            None => drop(schemas.insert(name, schema)),
        }
    }
    clashes
}

impl Routes {
    /// Routes below `/api/v1`, grouped under `tag` in the document.
    #[must_use]
    pub fn api(tag: &'static str) -> Self {
        Self::under(API_PREFIX, tag)
    }

    /// Routes at the root, for paths that a standard fixes (`/.well-known/jwks.json`).
    #[must_use]
    pub fn root(tag: &'static str) -> Self {
        Self::under("", tag)
    }

    fn under(prefix: &'static str, tag: &'static str) -> Self {
        let openapi = OpenApiBuilder::new().build();
        Self { tag, prefix, router: Router::new(), openapi, traits: BTreeMap::new(), clashes: Vec::new() }
    }

    /// Adds an operation.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "routes are listed, and nobody reads this as arithmetic")]
    pub fn add(mut self, operation: Operation) -> Self {
        let Operation { method_router: (schemas, paths, methods), access, traits } = operation;
        for (path, mut item) in paths.paths {
            let full = format!("{}{path}", self.prefix);
            for (method, documented) in operations(&mut item) {
                describe(documented, self.tag, access, traits);
                self.traits.insert((method.to_string(), full.clone()), traits);
            }
            self.router = self.router.route(&full, methods.clone());
            match self.openapi.paths.paths.get_mut(&full) {
                Some(present) => present.merge_operations(item),
                None => {
                    self.openapi.paths.paths.insert(full, item);
                }
            }
        }
        self.clashes.extend(collect(&mut self.openapi.components.get_or_insert_default().schemas, schemas));
        self
    }

    /// Adds other routes, for a module with several areas.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        let theirs = other.openapi.components.clone().unwrap_or_default().schemas;
        self.clashes.extend(other.clashes);
        self.clashes.extend(collect(&mut self.openapi.components.get_or_insert_default().schemas, theirs));
        self.openapi.merge(other.openapi);
        self.traits.extend(other.traits);
        self
    }
}

/// Writes into the document what the code knows: the tag, who may call, and that anything may answer with a problem.
fn describe(operation: &mut OperationDoc, tag: &str, access: Access, traits: Traits) {
    operation.tags = Some(vec![tag.to_owned()]);
    let extensions = operation.extensions.get_or_insert_default();
    extensions.insert("x-permission".into(), json!(access.as_str()));
    if matches!(access, Access::OverGroup(_)) {
        extensions.insert("x-reach".into(), json!("group"));
    }
    if traits.idempotent {
        extensions.insert("x-idempotency-key".into(), json!(true));
        let parameters = operation.parameters.get_or_insert_default();
        parameters.push(crate::openapi::idempotency_parameter().into());
    }
    if traits.confirmed {
        extensions.insert("x-confirmation".into(), json!(true));
    }
    if let Some(feature) = traits.feature {
        extensions.insert("x-feature".into(), json!(feature));
    }
    operation.security = Some(match access {
        Access::Public => Vec::new(),
        Access::Authenticated | Access::Permission(_) | Access::OverGroup(_) => {
            vec![SecurityRequirement::new("bearer", [] as [&str; 0])]
        }
    });
    operation.responses.responses.entry("default".into()).or_insert_with(problem_response);
}

/// The operations of a path item.
pub(crate) fn operations(item: &mut PathItem) -> impl Iterator<Item = (Method, &mut OperationDoc)> {
    [
        (HttpMethod::Get, item.get.as_mut()),
        (HttpMethod::Put, item.put.as_mut()),
        (HttpMethod::Post, item.post.as_mut()),
        (HttpMethod::Delete, item.delete.as_mut()),
        (HttpMethod::Patch, item.patch.as_mut()),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((standard(&method), operation?)))
}

fn standard(method: &HttpMethod) -> Method {
    match method {
        HttpMethod::Get => Method::GET,
        HttpMethod::Put => Method::PUT,
        HttpMethod::Post => Method::POST,
        HttpMethod::Delete => Method::DELETE,
        HttpMethod::Patch => Method::PATCH,
        HttpMethod::Options => Method::OPTIONS,
        HttpMethod::Head => Method::HEAD,
        HttpMethod::Trace => Method::TRACE,
    }
}

/// A documented handler (`#[utoipa::path(…)]`) as an [`Operation`].
///
/// It compiles only for a handler whose first argument is [`Authorized`](crate::Authorized),
/// [`Authenticated`](crate::Authenticated) or [`Public`](crate::Public).
///
/// ```compile_fail
/// use autolytiq_http::{Routes, op};
///
/// #[utoipa::path(get, path = "/open-door", responses((status = 200)))]
/// async fn open_door() {}
///
/// let _ = Routes::api("doors").add(op!(open_door));
/// ```
///
/// ```
/// use autolytiq_http::{Public, Routes, op};
///
/// #[utoipa::path(get, path = "/open-door", responses((status = 200)))]
/// async fn open_door(_: Public) {}
///
/// let _ = Routes::api("doors").add(op!(open_door));
/// ```
#[macro_export]
macro_rules! op {
    ($handler:path) => {
        $crate::Operation::new($crate::reexport::utoipa_axum::routes!($handler), $crate::access_of(&$handler))
    };
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use utoipa::openapi::schema::Type;
    use utoipa::openapi::{ObjectBuilder, RefOr, Schema};

    use super::collect;

    #[test]
    fn a_name_that_means_two_things_is_told_and_one_that_stands_twice_is_not() {
        let of = |kind: Type| -> RefOr<Schema> { ObjectBuilder::new().schema_type(kind).build().into() };
        let mut all = BTreeMap::new();
        let format = |kind: Type| [("Format".to_owned(), of(kind))];
        assert!(collect(&mut all, format(Type::String)).is_empty());
        assert!(collect(&mut all, format(Type::String)).is_empty());
        assert_eq!(collect(&mut all, format(Type::Object)), ["Format"]);
    }
}
