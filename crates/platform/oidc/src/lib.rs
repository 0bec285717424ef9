//! Signing in with an outside identity: the relying party's side of OpenID Connect Core 1.0.
//!
//! **What it is.** [`Client`] reads a provider's discovery document, builds the address that a browser is sent to (code
//! flow with PKCE, RFC 7636), exchanges the code and verifies the ID token. Every request goes through [`Guard`]: a store
//! names its own issuer, so the address is not to be trusted with the network this process stands in.
//!
//! **What it never does.** It knows no store, no person and no session; it keeps nothing. It takes no algorithm from a
//! token that is not an asymmetric one of a fixed list, and no key that the issuer does not publish.

mod client;
mod guard;
mod id_token;
mod pkce;

pub use client::{Asked, Client, ClientAuth, OidcError, Provider, Returned};
pub use guard::{Guard, Refused};
pub use id_token::{Expected, Identity, TokenRefused, verify};
pub use pkce::challenge;

pub use jsonwebtoken::jwk::JwkSet;
