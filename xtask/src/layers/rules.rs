//! The dependency rules themselves, over plain values.

use std::fmt;

/// What the engine (layer 0) may link from a registry: values, arithmetic, dates without a clock, hashing. Everything
/// here compiles to WebAssembly and does no input or output.
const ENGINE_MAY_USE: [&str; 10] = [
    "jiff",
    "rust_decimal",
    "serde",
    "serde_json",
    "serde_path_to_error",
    "sha2",
    "hex",
    "thiserror",
    "wasm-bindgen",
    "utoipa",
];
/// Allowed in the engine only behind a cargo feature, so that the browser's module does not carry them.
const ENGINE_ONLY_OPTIONAL: [&str; 1] = ["utoipa"];
/// Never in the engine, not even to build it or to test it: input and output, chance, other threads of control.
const ENGINE_NEVER: [&str; 6] = ["tokio", "sqlx", "axum", "rand", "reqwest", "chrono"];
/// Layer 3 from bottom to top: a feature may use those before it.
const FEATURES: [&str; 6] = ["crm", "inventory", "desking", "privacy", "rooftops", "demo"];
/// The crate that only tests may use, and the one that nothing may use.
const TESTKIT: &str = "crates/platform/testkit";
const WASM: &str = "crates/engine/wasm";

/// One crate of the workspace.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// Relative to the repository; decides the layer.
    pub(crate) folder: String,
    pub(crate) inherits_lints: bool,
    /// Dependencies whose version stands in the crate's own manifest.
    pub(crate) not_through_workspace: Vec<String>,
    pub(crate) dependencies: Vec<Dependency>,
}

#[derive(Debug, Clone)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) source: Source,
    pub(crate) optional: bool,
    pub(crate) default_features: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Normal,
    Build,
    Dev,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// A crate of this workspace, by its folder.
    Ours(String),
    Registry,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    Engine,
    Platform,
    Service,
    Feature,
    App,
    Executable,
    /// Outside the product: it links none of the others, and none links it.
    Tool,
}

impl Layer {
    fn of(folder: &str) -> Option<Self> {
        let mut parts = folder.split('/');
        match (parts.next()?, parts.next()) {
            ("crates", Some("engine")) => Some(Self::Engine),
            ("crates", Some("platform")) => Some(Self::Platform),
            ("crates", Some("service")) => Some(Self::Service),
            ("crates", Some("feature")) => Some(Self::Feature),
            ("crates", Some("app")) => Some(Self::App),
            ("bin", Some(_)) => Some(Self::Executable),
            ("xtask", None | Some("load")) => Some(Self::Tool),
            _ => None,
        }
    }
}

/// A broken rule, told so that the reader knows what to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    pub(crate) member: String,
    pub(crate) what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.member, self.what)
    }
}

/// Every rule on every crate.
pub(crate) fn check(members: &[Member]) -> Vec<Violation> {
    let mut broken = Vec::new();
    for member in members {
        let mut say = |what: String| broken.push(Violation { member: member.name.clone(), what });
        if !member.inherits_lints {
            say("add `[lints] workspace = true`".to_owned());
        }
        for name in &member.not_through_workspace {
            say(format!("declare `{name}` in [workspace.dependencies] and use `{name}.workspace = true`"));
        }
        let Some(layer) = Layer::of(&member.folder) else {
            say(format!("{} belongs to no layer", member.folder));
            continue;
        };
        for dependency in &member.dependencies {
            let refused = match &dependency.source {
                Source::Ours(folder) => between(layer, member, dependency, folder),
                Source::Registry if layer == Layer::Engine => in_the_engine(dependency),
                Source::Registry => None,
            };
            if let Some(what) = refused {
                say(what);
            }
        }
    }
    broken
}

/// A dependency on another crate of ours.
fn between(layer: Layer, member: &Member, dependency: &Dependency, folder: &str) -> Option<String> {
    let name = &dependency.name;
    if folder == WASM {
        return Some(format!("nothing depends on `{name}`: it is the browser's way into the engine"));
    }
    if folder == TESTKIT && dependency.kind != Kind::Dev {
        return Some(format!("`{name}` is for tests: make it a dev-dependency"));
    }
    let Some(below) = Layer::of(folder) else { return Some(format!("`{name}` belongs to no layer")) };
    if below == Layer::Tool || layer == Layer::Tool {
        return Some(format!("`{name}`: tasks and product do not link each other"));
    }
    // A test may use the test kit, which sits in the platform, from anywhere but the engine.
    if below > layer {
        return Some(format!("`{name}` is in a layer above ({below:?} over {layer:?})"));
    }
    if layer == Layer::Feature && below == Layer::Feature {
        let rank = |folder: &str| FEATURES.iter().position(|name| folder.rsplit('/').next() == Some(name));
        return match (rank(&member.folder), rank(folder)) {
            (Some(ours), Some(theirs)) if theirs < ours => None,
            (Some(_), Some(_)) => Some(format!(
                "`{name}` comes later among the features ({}): send an event instead",
                FEATURES.join(" < ")
            )),
            _ => Some(format!(
                "`{name}` or this crate is missing from the order of features in xtask/src/layers/rules.rs"
            )),
        };
    }
    None
}

/// A dependency of an engine crate on a registry's crate.
fn in_the_engine(dependency: &Dependency) -> Option<String> {
    let name = dependency.name.as_str();
    if ENGINE_NEVER.contains(&name) {
        return Some(format!("the engine never uses `{name}`: no input, output, clock or chance"));
    }
    if dependency.kind != Kind::Normal {
        return None;
    }
    if !ENGINE_MAY_USE.contains(&name) {
        return Some(format!("`{name}` is not among the crates the engine may use ({})", ENGINE_MAY_USE.join(", ")));
    }
    if ENGINE_ONLY_OPTIONAL.contains(&name) && !dependency.optional {
        return Some(format!("`{name}` must be optional in the engine, behind the feature `schema`"));
    }
    if name == "jiff" && dependency.default_features {
        return Some("`jiff` without default features: they read the clock and the system's time zones".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(folder: &str) -> Member {
        Member {
            name: folder.replace('/', "-"),
            folder: folder.to_owned(),
            inherits_lints: true,
            not_through_workspace: Vec::new(),
            dependencies: Vec::new(),
        }
    }

    fn on(name: &str, source: Source, kind: Kind) -> Dependency {
        Dependency { name: name.to_owned(), kind, source, optional: false, default_features: false }
    }

    fn ours(folder: &str) -> Dependency {
        on(folder, Source::Ours(folder.to_owned()), Kind::Normal)
    }

    fn registry(name: &str) -> Dependency {
        on(name, Source::Registry, Kind::Normal)
    }

    /// What is said about one crate with one dependency.
    fn verdict(folder: &str, dependency: Dependency) -> Option<String> {
        let mut member = member(folder);
        member.dependencies.push(dependency);
        check(&[member]).pop().map(|violation| violation.what)
    }

    #[track_caller]
    fn refuses(folder: &str, dependency: Dependency, because: &str) {
        let said = verdict(folder, dependency).unwrap_or_default();
        assert!(said.contains(because), "{folder}: expected {because:?}, got {said:?}");
    }

    #[track_caller]
    fn allows(folder: &str, dependency: Dependency) {
        assert_eq!(verdict(folder, dependency), None, "{folder}");
    }

    #[test]
    fn dependencies_point_downwards() {
        allows("crates/feature/desking", ours("crates/engine/finance"));
        allows("crates/service/audit", ours("crates/service/identity"));
        allows("crates/app", ours("crates/feature/crm"));
        allows("bin/autolytiq", ours("crates/app"));
        refuses("crates/engine/money", ours("crates/platform/kernel"), "layer above");
        refuses("crates/platform/db", ours("crates/service/audit"), "layer above");
        refuses("crates/service/audit", ours("crates/feature/crm"), "layer above");
        refuses("crates/feature/crm", ours("crates/app"), "layer above");
        refuses("crates/app", ours("bin/autolytiq"), "layer above");
    }

    #[test]
    fn a_layer_is_not_escaped_by_a_dev_dependency() {
        let dev = on("app", Source::Ours("crates/app".to_owned()), Kind::Dev);
        refuses("crates/feature/crm", dev, "layer above");
    }

    #[test]
    fn features_use_only_the_features_before_them() {
        allows("crates/feature/desking", ours("crates/feature/crm"));
        allows("crates/feature/desking", ours("crates/feature/inventory"));
        refuses("crates/feature/inventory", ours("crates/feature/desking"), "send an event");
        refuses("crates/feature/crm", ours("crates/feature/crm"), "send an event");
        refuses("crates/feature/unheard", ours("crates/feature/crm"), "order of features");
    }

    #[test]
    fn the_engine_links_only_what_is_listed() {
        allows("crates/engine/tax", registry("serde"));
        allows("crates/engine/tax", on("toml", Source::Registry, Kind::Build));
        allows("crates/engine/tax", on("proptest", Source::Registry, Kind::Dev));
        refuses("crates/engine/tax", registry("regex"), "may use");
        for name in ENGINE_NEVER {
            for kind in [Kind::Normal, Kind::Build, Kind::Dev] {
                refuses("crates/engine/tax", on(name, Source::Registry, kind), "never uses");
            }
        }
        allows("crates/platform/db", registry("sqlx"));
    }

    #[test]
    fn the_schema_stays_behind_its_feature_and_dates_without_a_clock() {
        refuses("crates/engine/finance", registry("utoipa"), "must be optional");
        allows("crates/engine/finance", Dependency { optional: true, ..registry("utoipa") });
        refuses(
            "crates/engine/calendar",
            Dependency { default_features: true, ..registry("jiff") },
            "default features",
        );
        allows("crates/engine/calendar", registry("jiff"));
    }

    #[test]
    fn the_test_kit_is_for_tests_and_the_browsers_module_for_nobody() {
        refuses("crates/feature/crm", ours(TESTKIT), "dev-dependency");
        allows("crates/feature/crm", on("testkit", Source::Ours(TESTKIT.to_owned()), Kind::Dev));
        for kind in [Kind::Normal, Kind::Dev] {
            refuses("crates/app", on("wasm", Source::Ours(WASM.to_owned()), kind), "nothing depends");
        }
    }

    #[test]
    fn tasks_and_product_stay_apart() {
        refuses("xtask", ours("crates/platform/kernel"), "do not link");
        refuses("crates/app", ours("xtask"), "do not link");
    }

    #[test]
    fn manifests_inherit_lints_and_versions() {
        let mut bare = member("crates/app");
        bare.inherits_lints = false;
        bare.not_through_workspace.push("serde".to_owned());
        let said: Vec<String> = check(&[bare]).into_iter().map(|violation| violation.what).collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].contains("[lints]") && said[1].contains("serde"), "{said:?}");
    }

    #[test]
    fn a_crate_outside_the_layers_is_refused() {
        assert_eq!(check(&[member("libs/common")]).len(), 1);
    }
}
