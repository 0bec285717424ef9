//! What a file of local rates would change, as it is answered.

use crate::import::{LineFault, Skipped};
use crate::ops::compare::{ComparedWith, Sample};
use crate::ops::import_rates::Preview;
use crate::store::import::RateImportId;
use jiff::civil::Date;
use serde::Serialize;

/// What a file would change.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RateImportPreview {
    /// Whether the file could be imported.
    valid: bool,
    /// Lines read; of a valid file the rows it would store.
    rows: u64,
    skipped: Skipped,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    first_day: Option<Date>,
    /// The first 200 of what is wrong.
    errors: Vec<LineFault>,
    error_count: u64,
    /// The day on which the file was compared; absent when it is not valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    on_day: Option<Date>,
    compared_with: InForce,
    #[serde(skip_serializing_if = "Option::is_none")]
    compared_import_id: Option<RateImportId>,
    added: u64,
    changed: u64,
    removed: u64,
    /// The first 20 of each kind.
    samples: Vec<RateChange>,
}

/// What holds before an import.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum InForce {
    /// The table that comes with the product.
    Shipped,
    /// An earlier import.
    Import,
    Nothing,
}

/// How a rate, or the area of a ZIP range, would differ.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct RateChange {
    change: ChangeKind,
    county: String,
    area: String,
    level: String,
    tax: String,
    /// The levy, or the ZIP range.
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ChangeKind {
    Added,
    Changed,
    Removed,
}

impl From<Sample> for RateChange {
    fn from(sample: Sample) -> Self {
        let Sample { kind, county, area, level, tax, name, before, after } = sample;
        let change = match kind {
            0 => ChangeKind::Added,
            1 => ChangeKind::Changed,
            _ => ChangeKind::Removed,
        };
        Self { change, county, area, level, tax, name, before, after }
    }
}

impl From<Preview> for RateImportPreview {
    fn from(preview: Preview) -> Self {
        let Preview { loaded, first_day, comparison } = preview;
        let valid = loaded.faults.none();
        let (mut on_day, mut with, mut counts, mut samples) = (None, ComparedWith::Nothing, [0; 3], Vec::new());
        if let Some(comparison) = comparison {
            (on_day, with, counts) = (Some(comparison.day), comparison.with, comparison.counts);
            samples = comparison.samples;
        }
        let (compared_with, compared_import_id) = match with {
            ComparedWith::Nothing => (InForce::Nothing, None),
            ComparedWith::Shipped => (InForce::Shipped, None),
            ComparedWith::Import(id) => (InForce::Import, Some(id)),
        };
        let [added, changed, removed] = counts;
        Self {
            valid,
            rows: if valid { loaded.rows } else { loaded.lines },
            skipped: loaded.skipped,
            first_day,
            error_count: loaded.faults.total,
            errors: loaded.faults.first,
            on_day,
            compared_with,
            compared_import_id,
            added,
            changed,
            removed,
            samples: samples.into_iter().map(RateChange::from).collect(),
        }
    }
}
