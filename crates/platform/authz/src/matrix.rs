//! The table as text, for people: `docs/authz-matrix.txt`.

use std::fmt::Write as _;

use crate::{Permission, Reach, Role, reach};

/// The complete role × action × resource table, one line per permission.
#[must_use]
pub fn render() -> String {
    let mut out = String::from(
        "# Who may do what. Printed by `cargo test -p autolytiq-authz` from crates/platform/authz/src/table.rs;\n\
         # run it with UPDATE_SNAPSHOTS=1 after a change of policy. own = what the person is responsible for;\n\
         # team = also what the people of their team are responsible for (no predefined role; a store's own roles may);\n\
         # group = also in the other stores of the group.\n\n",
    );
    line(&mut out, "resource", "permission", Role::ALL.map(Role::as_str));
    line(&mut out, "--------", "----------", Role::ALL.map(|role| RULE.get(..role.as_str().len()).unwrap_or(RULE)));
    for permission in Permission::ALL.iter().copied() {
        let cells = Role::ALL.map(|role| match reach(role, permission) {
            Reach::No => "-",
            Reach::Own => "own",
            Reach::Team => "team",
            Reach::Store => "store",
            Reach::Group => "group",
        });
        line(&mut out, permission.resource().as_str(), permission.id(), cells);
    }
    out
}

const RULE: &str = "-------------------";

fn line(out: &mut String, resource: &str, permission: &str, cells: [&str; Role::ALL.len()]) {
    let mut text = format!("{resource:<12}{permission:<28}");
    for (role, cell) in Role::ALL.into_iter().zip(cells) {
        let width = role.as_str().len().max(5) + 3;
        let _ = write!(text, "{cell:<width$}");
    }
    // Writing into a String cannot fail.
    let _ = writeln!(out, "{}", text.trim_end());
}
