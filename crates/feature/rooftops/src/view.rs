//! A store among the others of its group, as it goes on the wire.

use autolytiq_desking::api::DealCounts;
use autolytiq_identity::api::{RooftopPeople, RooftopSettings, StorePlace, StoreProfile};
use autolytiq_kernel::DealershipId;
use autolytiq_money::Money;
use autolytiq_privacy::api::RooftopCompliance;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// The stores of a group.
#[derive(Serialize, ToSchema)]
pub(crate) struct Rooftops {
    /// By name. A group has tens of stores, so there are no pages.
    pub(crate) items: Vec<Rooftop>,
}

/// A store of the group. What the caller may not see of their own store is absent.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Rooftop {
    /// The store.
    id: DealershipId,
    /// Its name.
    name: String,
    /// Its time zone, in which its months and days are.
    time_zone: String,
    /// Where it stands.
    place: StorePlace,
    /// Whether it is a demonstration store.
    demo: bool,
    /// Its people.
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<PeopleView>,
    /// Its deals.
    #[serde(skip_serializing_if = "Option::is_none")]
    deals: Option<DealsView>,
    /// Vehicles for sale or held for a deal.
    #[serde(skip_serializing_if = "Option::is_none")]
    units_in_stock: Option<i64>,
    /// What its compliance desk knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    compliance: Option<ComplianceView>,
    /// Settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<SettingsView>,
    /// How long it keeps customers.
    #[serde(skip_serializing_if = "Option::is_none")]
    retention: Option<RetentionView>,
    /// Settings of which it has another value than most stores of the group; all of them where none is usual.
    pub(crate) differs: Vec<Compared>,
}

/// A setting that stores of a group are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RooftopSetting)]
pub(crate) enum Compared {
    /// The documentation fee.
    DocFee,
    /// How long people stay signed in.
    Sessions,
    /// How long customers are kept.
    Retention,
}

/// The people of a store, in numbers. Somebody who works in two stores counts in both; programs count in none.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RooftopPeople)]
struct PeopleView {
    /// Who have access.
    active: i64,
    /// Who have asked for access and wait for a decision.
    waiting: i64,
    /// Who have no second factor, although what they are asks for one.
    without_factor: i64,
    /// Who are locked out after failed attempts.
    locked: i64,
}

/// The deals of a store, in numbers.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RooftopDeals)]
struct DealsView {
    /// Neither closed nor cancelled.
    open: i64,
    /// Closed since the month began in the store.
    closed_this_month: i64,
}

/// What the compliance desk of a store knows, in short.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RooftopCompliance)]
struct ComplianceView {
    /// When somebody last signed off who has access; absent if nobody has.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    access_reviewed_on: Option<Date>,
    /// How many days ago that was, in the store's own days.
    #[serde(skip_serializing_if = "Option::is_none")]
    days_since_access_review: Option<i32>,
    /// Incidents that are not closed.
    open_incidents: i64,
}

/// Settings of a store.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RooftopSettings)]
struct SettingsView {
    /// The documentation fee of a first pencil.
    doc_fee: Money,
    /// Minutes without use after which a session ends.
    idle_minutes: u16,
    /// Hours after the sign-in at which a session ends in any case.
    absolute_hours: u16,
    /// Whether people sign in with the store's own provider.
    single_sign_on: bool,
}

/// How long a store keeps customers, in months after the last use. Absent: without end.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RooftopRetention)]
struct RetentionView {
    /// A customer who never bought anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    without_purchase_months: Option<i16>,
    /// A customer who did.
    #[serde(skip_serializing_if = "Option::is_none")]
    after_purchase_months: Option<i16>,
}

/// What was found out about one store; nothing where the caller may not see it.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) people: Option<RooftopPeople>,
    pub(crate) deals: Option<DealCounts>,
    pub(crate) units: Option<i64>,
    pub(crate) compliance: Option<RooftopCompliance>,
    pub(crate) retention: Option<RooftopCompliance>,
    pub(crate) settings: Option<RooftopSettings>,
}

impl Rooftop {
    /// The row of a store, on this day in it.
    pub(crate) fn of(store: StoreProfile, today: Date, found: &Found) -> Self {
        Self {
            id: store.id,
            name: store.name,
            time_zone: store.zone.name().to_owned(),
            place: store.place,
            demo: store.demo,
            people: found.people.map(|people| PeopleView {
                active: people.active,
                waiting: people.waiting,
                without_factor: people.without_factor,
                locked: people.locked,
            }),
            deals: found.deals.map(|deals| DealsView { open: deals.open, closed_this_month: deals.closed }),
            units_in_stock: found.units,
            compliance: found.compliance.map(|compliance| ComplianceView {
                access_reviewed_on: compliance.access_reviewed_on,
                // A review that was dated ahead is no days old.
                days_since_access_review: compliance.access_reviewed_on.map(|on| (today - on).get_days().max(0)),
                open_incidents: compliance.open_incidents,
            }),
            settings: found.settings.map(|settings| SettingsView {
                doc_fee: settings.doc_fee,
                idle_minutes: settings.idle_minutes,
                absolute_hours: settings.absolute_hours,
                single_sign_on: settings.single_sign_on,
            }),
            retention: found.retention.map(|kept| RetentionView {
                without_purchase_months: kept.without_purchase_months,
                after_purchase_months: kept.after_purchase_months,
            }),
            differs: Vec::new(),
        }
    }

    /// The documentation fee, to be compared.
    pub(crate) fn doc_fee(&self) -> Option<Money> {
        self.settings.as_ref().map(|settings| settings.doc_fee)
    }

    /// The limits of sessions, to be compared.
    pub(crate) fn sessions(&self) -> Option<(u16, u16)> {
        self.settings.as_ref().map(|settings| (settings.idle_minutes, settings.absolute_hours))
    }

    /// The retention, to be compared.
    pub(crate) fn kept(&self) -> Option<(Option<i16>, Option<i16>)> {
        self.retention.map(|kept| (kept.without_purchase_months, kept.after_purchase_months))
    }
}
