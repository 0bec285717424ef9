//! What the compliance desk keeps, and the clocks that run.

use autolytiq_kernel::{Form, PersonId, problem::FieldError, typed_id};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::consent::words;

/// Consumers from whom on a notification event is the FTC's to know (16 CFR 314.2(m), 314.4(j)).
const NOTICE_FROM: i32 = 500;
/// Days after discovery within which it must be told.
const NOTICE_WITHIN: SignedDuration = SignedDuration::from_hours(30 * 24);

typed_id! {
    /// A sign-off.
    SignOffId = "sign_off",
    /// A service provider.
    VendorId = "vendor",
    /// A security event.
    IncidentId = "incident",
}

words! {
    /// What is signed off.
    pub(crate) SignOffKind {
        /// The person who answers for the programme, 16 CFR 314.4(a).
        QualifiedIndividual = "qualified_individual",
        /// The written risk assessment, (b).
        RiskAssessment = "risk_assessment",
        /// Who may do what, looked through person by person, (c)(1).
        AccessReview = "access_review",
        /// Security awareness training of the staff, (e).
        Training = "training",
        /// The yearly penetration test, (d)(2).
        PenetrationTest = "penetration_test",
        /// The vulnerability assessment of every six months, (d)(2).
        VulnerabilityScan = "vulnerability_scan",
        /// The written incident response plan, (h).
        IncidentPlan = "incident_plan",
        /// The yearly report to the board, (i).
        BoardReport = "board_report",
    }
}

/// A sign-off to be made.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SignOffWrite)]
pub(crate) struct SignOffForm {
    /// Made by the client, version 7.
    pub(crate) id: SignOffId,
    pub(crate) kind: SignOffKind,
    /// Who is the Qualified Individual; of everything else, who did it.
    #[schema(min_length = 1, max_length = 120)]
    pub(crate) name: String,
    #[schema(value_type = String, format = Date)]
    pub(crate) done_on: Date,
    /// Until when it holds.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) due_on: Option<Date>,
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub(crate) note: Option<String>,
}

impl SignOffForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(crate) fn checked(mut self) -> Result<Self, Vec<FieldError>> {
        let mut form = Form::new();
        self.name = form.line("/name", &self.name, 120);
        self.note = form.optional_prose("/note", self.note.as_deref(), 2_000);
        day(&mut form, "/doneOn", Some(self.done_on));
        day(&mut form, "/dueOn", self.due_on);
        if self.due_on.is_some_and(|due| due < self.done_on) {
            form.refuse("/dueOn", "before-start", "this is before it was done");
        }
        form.finish(self)
    }
}

/// A day that a table of dates can hold and a person can mean.
fn day(form: &mut Form, pointer: &str, day: Option<Date>) {
    if day.is_some_and(|day| !(1990..=2200).contains(&day.year())) {
        form.refuse(pointer, "out-of-range", "give a day between 1990 and 2200");
    }
}

/// As [`day`], of an instant.
fn moment(form: &mut Form, pointer: &str, at: Option<Timestamp>) {
    day(form, pointer, at.map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date()));
}

/// A sign-off that was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignOff {
    pub(crate) id: SignOffId,
    pub(crate) kind: SignOffKind,
    pub(crate) name: String,
    #[schema(value_type = String, format = Date)]
    pub(crate) done_on: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) due_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    /// Of an access review: each person with the role that was attested.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub(crate) attested: Option<Value>,
    #[schema(value_type = String, format = DateTime)]
    pub(crate) recorded_at: Timestamp,
    pub(crate) recorded_by: PersonId,
}

/// A service provider as it is typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = VendorWrite)]
pub(crate) struct VendorForm {
    #[schema(min_length = 1, max_length = 120)]
    pub(crate) name: String,
    /// What they do for the store.
    #[schema(min_length = 1, max_length = 200)]
    pub(crate) service: String,
    /// Which data of customers they are given.
    #[schema(min_length = 1, max_length = 500)]
    pub(crate) data: String,
    /// Since when a contract binds them to safeguards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) contract_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) reviewed_on: Option<Date>,
    /// When they are looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) due_on: Option<Date>,
    /// When they were given nothing any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) ended_on: Option<Date>,
}

impl VendorForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(crate) fn checked(mut self) -> Result<Self, Vec<FieldError>> {
        let mut form = Form::new();
        self.name = form.line("/name", &self.name, 120);
        self.service = form.line("/service", &self.service, 200);
        self.data = form.line("/data", &self.data, 500);
        for (pointer, on) in [
            ("/contractOn", self.contract_on),
            ("/reviewedOn", self.reviewed_on),
            ("/dueOn", self.due_on),
            ("/endedOn", self.ended_on),
        ] {
            day(&mut form, pointer, on);
        }
        form.finish(self)
    }
}

/// A service provider on the register.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Vendor {
    pub(crate) id: VendorId,
    #[serde(flatten)]
    pub(crate) facts: VendorForm,
    pub(crate) version: i64,
}

/// A security event as it is typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = IncidentWrite)]
pub(crate) struct IncidentForm {
    #[schema(min_length = 1, max_length = 200)]
    pub(crate) title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 5000)]
    pub(crate) summary: Option<String>,
    /// When somebody of the store first knew of it: the clock begins there.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) discovered_at: Timestamp,
    /// Consumers whose unencrypted information was acquired; absent while it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0)]
    pub(crate) consumers: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) contained_at: Option<Timestamp>,
    /// When the FTC was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) notified_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) closed_at: Option<Timestamp>,
}

impl IncidentForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(crate) fn checked(mut self) -> Result<Self, Vec<FieldError>> {
        let mut form = Form::new();
        self.title = form.line("/title", &self.title, 200);
        self.summary = form.optional_prose("/summary", self.summary.as_deref(), 5_000);
        moment(&mut form, "/discoveredAt", Some(self.discovered_at));
        for (pointer, at) in
            [("/containedAt", self.contained_at), ("/notifiedAt", self.notified_at), ("/closedAt", self.closed_at)]
        {
            moment(&mut form, pointer, at);
            if at.is_some_and(|at| at < self.discovered_at) {
                form.refuse(pointer, "before-start", "this is before it was discovered");
            }
        }
        if self.consumers.is_some_and(|consumers| consumers < 0) {
            form.refuse("/consumers", "negative", "this must not be negative");
        }
        form.finish(self)
    }
}

/// A security event on the register.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Incident {
    pub(crate) id: IncidentId,
    #[serde(flatten)]
    pub(crate) facts: IncidentForm,
    /// Whether the FTC must be told; absent while the number of consumers is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) notice_needed: Option<bool>,
    /// Until when.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) notice_due_at: Timestamp,
    pub(crate) version: i64,
}

impl Incident {
    /// The event with its clock.
    pub(crate) fn of(id: IncidentId, facts: IncidentForm, version: i64) -> Self {
        let notice_needed = facts.consumers.map(|consumers| consumers >= NOTICE_FROM);
        let notice_due_at = facts.discovered_at.checked_add(NOTICE_WITHIN).unwrap_or(Timestamp::MAX);
        Self { id, facts, notice_needed, notice_due_at, version }
    }
}

#[cfg(test)]
mod tests {
    use super::{Incident, IncidentForm, IncidentId};

    fn incident(consumers: Option<i32>) -> Incident {
        let facts = IncidentForm {
            title: "A laptop".into(),
            summary: None,
            discovered_at: "2026-02-10T08:30:00Z".parse().unwrap(),
            consumers,
            contained_at: None,
            notified_at: None,
            closed_at: None,
        };
        Incident::of(IncidentId::from_uuid(uuid::Uuid::nil()), facts, 1)
    }

    #[test]
    fn thirty_days_run_from_discovery_and_five_hundred_consumers_ask_for_notice() {
        // February 2026 has 28 days: 10 February and 30 days are 12 March.
        assert_eq!(incident(None).notice_due_at.to_string(), "2026-03-12T08:30:00Z");
        let needed = |consumers| incident(consumers).notice_needed;
        assert_eq!((needed(None), needed(Some(499)), needed(Some(500))), (None, Some(false), Some(true)));
    }
}
