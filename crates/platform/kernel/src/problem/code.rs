//! A problem's stable name, and the one way to declare it.

/// A stable name for one kind of problem, with the HTTP status and the title that go with it.
///
/// Every code has a page `docs/errors/<code>.md`, served at `/problems/<code>`; a test fails when one is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProblemCode {
    /// Lower-case words joined by hyphens; never changed once released.
    pub code: &'static str,
    /// The HTTP status, 400–599.
    pub status: u16,
    /// A short sentence that is the same for every occurrence.
    pub title: &'static str,
}

impl ProblemCode {
    /// The path of the page that explains the code; the `type` of the problem.
    #[must_use]
    pub fn page(&self) -> String {
        format!("/problems/{}", self.code)
    }
}

/// Declares a crate's problem codes and the list `CODES` that its module hands to the registry.
///
/// ```
/// use autolytiq_kernel::problem::problem_codes;
///
/// problem_codes! {
///     /// The customer is not in this store, or there is none with this id.
///     pub const CUSTOMER_NOT_FOUND = 404, "customer-not-found", "No such customer";
/// }
/// assert_eq!(CODES[0].code, "customer-not-found");
/// ```
#[macro_export]
macro_rules! problem_codes {
    ($( $(#[$doc:meta])* $vis:vis const $name:ident = $status:literal, $code:literal, $title:literal; )+) => {
        $(
            $(#[$doc])*
            $vis const $name: $crate::problem::ProblemCode =
                $crate::problem::ProblemCode { code: $code, status: $status, title: $title };
        )+

        /// Every problem code this crate declares.
        pub const CODES: &[&$crate::problem::ProblemCode] = &[$(&$name),+];
    };
}
