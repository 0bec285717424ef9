//! The unsubscribe link: whose it is and that we made it, in one word that can be put into an address.

use autolytiq_kernel::{CustomerId, DealershipId};
use autolytiq_secrets::{LINK_SEAL_BYTES, Vault};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

/// Where the link leads; the token follows.
pub const UNSUBSCRIBE_PATH: &str = "/api/v1/unsubscribe/";
const PURPOSE: &str = "unsubscribe";
const ID_BYTES: usize = 16;
const CONTENT_BYTES: usize = 2 * ID_BYTES;

/// A customer of a store, as a link names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) store: DealershipId,
    pub(crate) customer: CustomerId,
}

impl Named {
    fn content(self) -> [u8; CONTENT_BYTES] {
        let mut content = [0; CONTENT_BYTES];
        content[..ID_BYTES].copy_from_slice(self.store.uuid().as_bytes());
        content[ID_BYTES..].copy_from_slice(self.customer.uuid().as_bytes());
        content
    }

    /// The token. It has no end: a mail may be read after years, and whoever wants no more of them is always heard.
    pub(crate) fn token(self, vault: &Vault) -> String {
        let content = self.content();
        URL_SAFE_NO_PAD.encode([content.as_slice(), &vault.seal_link(PURPOSE, &content)].concat())
    }

    /// Reads a token that we made.
    pub(crate) fn read(vault: &Vault, token: &str) -> Option<Self> {
        // The length first: nothing is decoded for somebody who sends a megabyte.
        if token.len() > 2 * (CONTENT_BYTES + LINK_SEAL_BYTES) {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (content, seal) = bytes.split_at_checked(CONTENT_BYTES)?;
        if !vault.is_sealed_link(PURPOSE, content, seal) {
            return None;
        }
        let (store, customer) = content.split_at_checked(ID_BYTES)?;
        Some(Self {
            store: DealershipId::from_uuid(Uuid::from_slice(store).ok()?),
            customer: CustomerId::from_uuid(Uuid::from_slice(customer).ok()?),
        })
    }
}
