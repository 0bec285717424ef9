//! Who may call a handler, said by its first argument.
//!
//! [`Authorized<A>`] demands a permission, [`Authenticated`] a session, [`Public`] nothing. [`op!`](crate::op) accepts
//! only handlers that begin with one of the three, and only these three hand out what leads to the database, so the
//! check cannot be forgotten: a handler without it does not compile, or has nothing to work with.

mod authorized;
mod session;
mod witness;

pub use authorized::{Authenticated, Authorized, Public};
pub use session::{Session, TokenVerifier, VerifyError};
pub use witness::{Access, Guard, Guarded, access_of};

pub(crate) use session::{Caller, Verified};
