//! The compliance desk: the Safeguards Rule's duties with what shows that they are met.

use autolytiq_authz::action;
use autolytiq_http::{ApiResult, Authorized};
use autolytiq_identity::api::{member_names, members_with_factor};
use autolytiq_kernel::PersonId;
use axum::Json;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

use crate::{
    domain::{
        compliance::{Incident, SignOff, Vendor},
        retention::Schedule,
    },
    store::{
        evidence::{self, Member},
        register, retention,
    },
};

/// How far back the log is counted.
const LOGGED_WITHIN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What shows how the store meets the Safeguards Rule, as of now.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ComplianceDesk {
    /// The newest first; the newest of a kind counts.
    sign_offs: Vec<SignOff>,
    /// Who noted them, by id.
    #[schema(value_type = Object)]
    names: BTreeMap<String, String>,
    members: Vec<Member>,
    /// People given access, changed or ended since the newest access review attested who has which role.
    changed_since_review: usize,
    second_factors: SecondFactors,
    encryption: Encryption,
    log: LogEvidence,
    retention: RetentionEvidence,
    vendors: Vec<Vendor>,
    incidents: Vec<Incident>,
    /// Consumers on file: under 5,000 some duties do not bind (16 CFR 314.6).
    customers: i64,
}

/// Who signs in with a second factor. Programs are left out: they have no password either.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SecondFactors {
    /// People who have access and have proved one.
    with: usize,
    /// Those who have not: before their first sign-in, in a role that sees no customer, or of the demonstration.
    without: Vec<PersonId>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Encryption {
    /// Whether the configured master keys open what is wrapped under them; each was tried just now.
    keys_open: bool,
    /// Master keys in use, by id.
    master_keys: Vec<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LogEvidence {
    /// Entries of the last thirty days.
    entries: i64,
    /// Of them, views of protected data.
    protected_views: i64,
    /// Of them, exports of customers' data.
    exports: i64,
    /// Links of the store's chain.
    sealed: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    sealed_at: Option<Timestamp>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RetentionEvidence {
    schedule: Schedule,
    /// Customers whose time is up.
    due: i64,
    /// Customers whose time is up, kept by a legal hold.
    held: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    last_run_at: Option<Timestamp>,
}

/// The compliance desk of the store.
#[utoipa::path(get, path = "/compliance", operation_id = "getCompliance",
    responses((status = 200, description = "The evidence as of now", body = ComplianceDesk)))]
pub(super) async fn get_compliance(auth: Authorized<action::ComplianceRead>) -> ApiResult<Json<ComplianceDesk>> {
    let platform = auth.platform();
    let wrappings = platform.vault.wrappings(&platform.db).await?;
    let mut tx = auth.begin().await?;
    let sign_offs = register::sign_offs(&mut tx).await?;
    let people: Vec<_> = sign_offs.iter().map(|signed| signed.recorded_by).collect();
    let names = member_names(&mut tx, &people).await?;
    let members = evidence::members(&mut tx).await?;
    let (with, without): (Vec<_>, Vec<_>) =
        members_with_factor(&mut tx).await?.into_iter().partition(|(_, has_factor)| *has_factor);
    let since = tx.now().checked_sub(LOGGED_WITHIN).unwrap_or(Timestamp::MIN);
    let logged = evidence::logged(&mut tx, since).await?;
    let (schedule, _) = retention::schedule(&mut tx).await?;
    let (due, held) = retention::counts(&mut tx, schedule).await?;
    let last_run_at = retention::runs(&mut tx).await?.first().map(|run| run.ran_at);
    let customers = evidence::customers(&mut tx).await?;
    let desk = ComplianceDesk {
        changed_since_review: changed_since_review(&sign_offs, &members),
        names: names.into_iter().map(|(person, name)| (person.to_string(), name)).collect(),
        sign_offs,
        members,
        second_factors: SecondFactors {
            with: with.len(),
            without: without.into_iter().map(|(person, _)| person).collect(),
        },
        encryption: Encryption {
            keys_open: wrappings.iter().all(|wrapping| wrapping.opens),
            master_keys: wrappings.into_iter().map(|wrapping| wrapping.master_key_id).collect(),
        },
        log: LogEvidence {
            entries: logged.entries,
            protected_views: logged.protected_views,
            exports: logged.exports,
            sealed: logged.sealed,
            sealed_at: logged.sealed_at,
        },
        retention: RetentionEvidence { schedule, due, held, last_run_at },
        vendors: register::vendors(&mut tx).await?,
        incidents: register::incidents(&mut tx).await?,
        customers,
    };
    Ok(Json(desk))
}

/// How many people's access is not what the newest review attested. Without a review, everybody's.
fn changed_since_review(sign_offs: &[SignOff], members: &[Member]) -> usize {
    let attested = sign_offs.iter().find_map(|signed| signed.attested.as_ref()?.as_array());
    let known: BTreeMap<&str, &str> = attested
        .into_iter()
        .flatten()
        .filter_map(|member| Some((member.get("personId")?.as_str()?, member.get("role")?.as_str()?)))
        .collect();
    members
        .iter()
        .filter(|member| {
            let role = known.get(member.person_id.to_string().as_str()).copied();
            role != member.active.then_some(member.role.as_str())
        })
        .count()
}
