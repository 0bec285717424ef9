//! The table as text, for people: `docs/authz-matrix.txt`.

use std::fmt::Write as _;

use crate::{Permission, Reach, Role, reach};

/// The complete role × action × resource table, one line per permission.
#[must_use]
pub fn render() -> String {
    let mut out = String::from(
        "# Who may do what. Printed by `cargo test -p autolytiq-authz` from crates/platform/authz/src/table.rs;\n\
         # run it with UPDATE_SNAPSHOTS=1 after a change of policy. own = what the person is responsible for.\n\n",
    );
    line(&mut out, "resource", "permission", Role::ALL.map(Role::as_str));
    line(&mut out, "--------", "----------", ["-----------", "-------------", "-----------", "-------------"]);
    for permission in Permission::ALL.iter().copied() {
        let cells = Role::ALL.map(|role| match reach(role, permission) {
            Reach::No => "-",
            Reach::Own => "own",
            Reach::Store => "store",
        });
        line(&mut out, permission.resource().as_str(), permission.id(), cells);
    }
    out
}

fn line(out: &mut String, resource: &str, permission: &str, cells: [&str; 4]) {
    let [a, b, c, d] = cells;
    let text = format!("{resource:<12}{permission:<26}{a:<14}{b:<16}{c:<14}{d}");
    // Writing into a String cannot fail.
    let _ = writeln!(out, "{}", text.trim_end());
}
