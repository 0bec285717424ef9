//! The nouns every server crate shares.
//!
//! **What it is.** Typed ids, the clock and the id generator that are handed down as values, the tenant context that
//! opens a transaction, keyset paging, the store's time zone, and the problem registry.
//!
//! **What it never does.** It runs no query and serves no request: it does not depend on axum, and on sqlx only behind
//! the feature `sqlx`, which lets an id be bound as a column. It knows no deal, no customer and no price. Budget: 2,500
//! lines; what is used by one crate belongs in that crate.

mod clock;
mod ctx;
mod feature;
mod form;
mod id;
mod ids;
mod page;
mod powers;
pub mod problem;
mod role;
pub mod search;
mod states;
mod zone;

pub use clock::{Clock, ManualClock};
pub use ctx::{Actor, Origin, PersonActor, TenantCtx};
pub use feature::{Feature, SwitchedOff};
pub use form::{Fault, Form};
pub use id::{
    AuditEntryId, CustomerId, DealId, DealershipId, EventId, FactorId, GroupId, Id, MembershipId, PencilId, PersonId,
    RefreshTokenId, RequestId, SessionId, VehicleId,
};
pub use ids::Ids;
pub use page::{BadCursor, Cursor, Limit, Page, PageRequest};
pub use powers::Powers;
pub use role::{Role, UnknownRole};
pub use states::{STATES, is_state};
pub use zone::{StoreZone, UnknownZone};

// Ids are declared by macro in other crates too; the macro names its dependencies through here.
#[doc(hidden)]
pub mod reexport {
    pub use serde;
    #[cfg(feature = "sqlx")]
    pub use sqlx;
    pub use utoipa;
    pub use uuid;
}
