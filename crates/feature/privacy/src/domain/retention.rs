//! How long customers are kept, and what proves that they were disposed of.

use std::fmt::Write as _;

use autolytiq_kernel::{CustomerId, DealershipId, Form, PersonId, problem::FieldError, typed_id};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

typed_id! {
    /// A run of the retention schedule, with its certificate.
    RunId = "retention_run",
}

/// Months after the last use. Absent: without end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Schedule {
    /// Of a customer who never bought anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 240)]
    pub(crate) without_purchase_months: Option<i16>,
    /// Of a customer who did. The Safeguards Rule asks for two years after the last use, unless the store needs the data or
    /// a law asks for longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 240)]
    pub(crate) after_purchase_months: Option<i16>,
}

impl Schedule {
    /// Checks the limits.
    ///
    /// # Errors
    /// Each field outside 1 to 240.
    pub(crate) fn checked(self) -> Result<Self, Vec<FieldError>> {
        let mut form = Form::new();
        for (pointer, months) in [
            ("/withoutPurchaseMonths", self.without_purchase_months),
            ("/afterPurchaseMonths", self.after_purchase_months),
        ] {
            if months.is_some_and(|months| !(1..=240).contains(&months)) {
                form.refuse(pointer, "out-of-range", "give 1 to 240 months, or nothing to keep them without end");
            }
        }
        form.finish(self)
    }
}

/// What a run did.
#[derive(Clone, Debug)]
pub(crate) struct Certificate {
    pub(crate) id: RunId,
    pub(crate) store: DealershipId,
    pub(crate) ran_at: Timestamp,
    pub(crate) ran_by: PersonId,
    pub(crate) schedule: Schedule,
    pub(crate) erased: Vec<CustomerId>,
    pub(crate) held: i32,
}

impl Certificate {
    /// The certificate as text, which anybody can digest again: one fact a line, one erased customer a line.
    pub(crate) fn text(&self) -> String {
        let months =
            |months: Option<i16>| months.map_or_else(|| "without end".to_owned(), |months| format!("{months} months"));
        let mut text = format!(
            "Certificate of disposal\nrun {}\nstore {}\nat {}\nby {}\nwithout a purchase kept {}\nafter a purchase kept {}\n\
             kept by legal hold {}\nerased {}\n",
            self.id,
            self.store,
            self.ran_at,
            self.ran_by,
            months(self.schedule.without_purchase_months),
            months(self.schedule.after_purchase_months),
            self.held,
            self.erased.len(),
        );
        for customer in &self.erased {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "customer {customer}");
        }
        text
    }

    /// SHA-256 of the text.
    pub(crate) fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.text().as_bytes()).into()
    }
}
