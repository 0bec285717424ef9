//! What other modules may use: whether a customer may be contacted, and the link by which they end it.

pub use crate::{
    domain::{
        consent::{Channel, ConsentForm, ConsentSource},
        link::UNSUBSCRIBE_PATH,
    },
    ops::{
        consents::{record_consent, standing},
        erase::erase,
        unsubscribe::unsubscribe_link,
    },
};
