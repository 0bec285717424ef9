//! Who works in the demonstration store, and how to sign in as each.

use autolytiq_kernel::Role;

/// The one password of every demonstration account. These accounts exist in demonstration stores only.
pub(crate) const PASSWORD: &str = "saturday-on-the-lot";

/// A person of the staff.
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
    pub(crate) role: Role,
}

const fn member(name: &'static str, email: &'static str, role: Role) -> Member {
    Member { name, email, role }
}

/// The administrator founds the store; the others are added by her.
pub(crate) const STAFF: [Member; 8] = [
    member("Dana Whitfield", "admin@prairie.example.com", Role::Administrator),
    member("Marcus Hale", "manager@prairie.example.com", Role::SalesManager),
    member("Priya Raman", "finance@prairie.example.com", Role::FniManager),
    member("Alex Romero", "sales@prairie.example.com", Role::Salesperson),
    member("Jordan Kim", "jordan.kim@prairie.example.com", Role::Salesperson),
    member("Sam Okafor", "sam.okafor@prairie.example.com", Role::Salesperson),
    member("Casey Lindqvist", "casey.lindqvist@prairie.example.com", Role::Salesperson),
    member("Robin Castellano", "robin.castellano@prairie.example.com", Role::SalesManager),
];

/// Who administers the group: at work in both of its stores, and on no deal.
pub(crate) const GROUP_ADMINISTRATOR: Member =
    member("Vivian Ashworth", "group@prairie.example.com", Role::GroupAdministrator);

/// The members by their place in [`STAFF`].
pub(crate) const ADMINISTRATOR: usize = 0;
pub(crate) const MANAGER: usize = 1;
pub(crate) const FINANCE: usize = 2;

/// A demonstration account, for the person at the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogIn {
    /// What the person is in the store.
    pub role: Role,
    /// The name.
    pub name: &'static str,
    /// The address to sign in with.
    pub email: &'static str,
    /// The password.
    pub password: &'static str,
}

/// One account of each role.
#[must_use]
pub fn log_ins() -> Vec<LogIn> {
    let account =
        |member: &Member| LogIn { role: member.role, name: member.name, email: member.email, password: PASSWORD };
    STAFF.iter().take(4).chain([&GROUP_ADMINISTRATOR]).map(account).collect()
}
