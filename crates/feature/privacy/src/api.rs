//! What other modules may use: whether a customer may be contacted, and the link by which they end it.

pub use crate::{
    domain::{
        consent::{Channel, ConsentForm, ConsentSource},
        link::UNSUBSCRIBE_PATH,
        rooftops::RooftopCompliance,
    },
    ops::{
        consents::{record_consent, standing},
        erase::erase,
        rooftops::rooftop_compliance,
        unsubscribe::unsubscribe_link,
    },
};
