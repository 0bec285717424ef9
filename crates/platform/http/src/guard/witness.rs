//! How the compiler, and the API document, know what a handler demands.

use std::future::Future;

use autolytiq_authz::{Action, Reach};

use super::{Authenticated, Authorized, Public};

/// What a caller needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nothing.
    Public,
    /// A session.
    Authenticated,
    /// This permission in the acting store.
    Permission(&'static str),
    /// This permission, reaching all stores of the acting store's group.
    OverGroup(&'static str),
}

impl Access {
    /// As it stands in the API document under `x-permission`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Authenticated => "authenticated",
            Self::Permission(id) | Self::OverGroup(id) => id,
        }
    }
}

/// An extractor that decides who may call. Sealed: [`Authorized`], [`Authenticated`] and [`Public`] are all there are.
pub trait Guard: sealed::Sealed {
    /// What it demands.
    const ACCESS: Access;
}

mod sealed {
    pub trait Sealed {}
    impl<A> Sealed for super::Authorized<A> {}
    impl Sealed for super::Authenticated {}
    impl Sealed for super::Public {}
}

impl<A: Action> Guard for Authorized<A> {
    const ACCESS: Access = match A::LEAST {
        Reach::Group => Access::OverGroup(A::PERMISSION.id()),
        _ => Access::Permission(A::PERMISSION.id()),
    };
}

impl Guard for Authenticated {
    const ACCESS: Access = Access::Authenticated;
}

impl Guard for Public {
    const ACCESS: Access = Access::Public;
}

/// A handler whose first argument is a [`Guard`]. `T` is the tuple of its arguments.
#[diagnostic::on_unimplemented(
    message = "this handler does not say who may call it",
    note = "its first argument must be `Authorized<action::…>`, `Authenticated` or `Public`"
)]
pub trait Guarded<T> {
    /// What the first argument demands.
    const ACCESS: Access;
}

macro_rules! guarded {
    ($($argument:ident),*) => {
        impl<F, Fut, G, $($argument),*> Guarded<(G, $($argument),*)> for F
        where
            F: Fn(G, $($argument),*) -> Fut,
            Fut: Future,
            G: Guard,
        {
            const ACCESS: Access = G::ACCESS;
        }
    };
}

guarded!();
guarded!(A1);
guarded!(A1, A2);
guarded!(A1, A2, A3);
guarded!(A1, A2, A3, A4);
guarded!(A1, A2, A3, A4, A5);
guarded!(A1, A2, A3, A4, A5, A6);
guarded!(A1, A2, A3, A4, A5, A6, A7);

/// What the handler demands, read from its type. The handler itself is not called.
pub fn access_of<T, H: Guarded<T>>(_handler: &H) -> Access {
    H::ACCESS
}
