//! Each problem code has its page, and each page its code.

use std::collections::BTreeSet;
use std::path::Path;

use autolytiq_app::modules::modules;
use autolytiq_app::problem_page;
use autolytiq_config::Config;
use autolytiq_http::problems::registry;
use autolytiq_kernel::problem::codes;

#[test]
fn codes_and_pages_are_the_same_set() {
    let declared: BTreeSet<String> =
        registry(&modules(&Config::default())).keys().map(|code| (*code).to_owned()).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors");
    let written: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".md").map(str::to_owned))
        .collect();
    let missing: Vec<_> = declared.difference(&written).collect();
    let orphaned: Vec<_> = written.difference(&declared).collect();
    assert!(missing.is_empty(), "codes without a page in docs/errors: {missing:?}");
    assert!(orphaned.is_empty(), "pages whose code no module declares: {orphaned:?}");
}

#[test]
fn no_code_is_declared_twice() {
    let modules = modules(&Config::default());
    let mut seen = BTreeSet::new();
    let all = codes::CODES.iter().chain(modules.iter().flat_map(|module| module.problem_codes()));
    for code in all {
        assert!(seen.insert(code.code), "{} is declared twice", code.code);
    }
}

#[test]
fn a_page_begins_with_a_title_and_says_what_to_do() {
    for code in registry(&modules(&Config::default())).keys() {
        let page = problem_page(code).unwrap_or_else(|| panic!("{code}"));
        assert!(page.starts_with("# "), "{code}");
        assert!(page.contains("What to do"), "{code} does not say what to do");
    }
}
