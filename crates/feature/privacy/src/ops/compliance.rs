//! Keeping the compliance desk's registers, and listing who is affected by an incident.

use autolytiq_db::{AuditRecord, TenantTx};
use serde_json::json;

use super::acting_person;
use crate::{
    PrivacyError,
    domain::compliance::{Incident, IncidentForm, IncidentId, SignOffForm, SignOffKind, Vendor, VendorForm, VendorId},
    store::{
        evidence::{self, AffectedCustomer, Reached},
        register,
    },
};

/// Signs something off. An access review keeps who had which role at that moment.
pub(crate) async fn sign_off(tx: &mut TenantTx, form: SignOffForm) -> Result<(), PrivacyError> {
    let form = form.checked().map_err(PrivacyError::Invalid)?;
    let attested = if form.kind == SignOffKind::AccessReview {
        let members = evidence::members(tx).await?;
        let active: Vec<_> = members
            .iter()
            .filter(|member| member.active)
            .map(|member| json!({ "personId": member.person_id, "name": member.name, "role": member.role }))
            .collect();
        Some(active.into())
    } else {
        None
    };
    let by = acting_person(tx)?;
    register::insert_sign_off(tx, &form, attested, by).await.map_err(|error| match error {
        error if error.is_duplicate_of("compliance_sign_off_pkey") => PrivacyError::IdTaken,
        error => error.into(),
    })?;
    let after = json!({
        "kind": form.kind, "name": form.name, "doneOn": form.done_on, "dueOn": form.due_on, "note": form.note,
    });
    Ok(tx.audit(AuditRecord::new("compliance.signed_off", form.id).after(&after)).await?)
}

/// Puts a service provider on the register.
pub(crate) async fn add_vendor(tx: &mut TenantTx, id: VendorId, form: VendorForm) -> Result<Vendor, PrivacyError> {
    let facts = form.checked().map_err(PrivacyError::Invalid)?;
    register::save_vendor(tx, id, &facts, true).await.map_err(|error| match error {
        error if error.is_duplicate_of("compliance_vendor_pkey") => PrivacyError::IdTaken,
        error => error.into(),
    })?;
    tx.audit(AuditRecord::new("compliance.vendor_added", id).after(&facts)).await?;
    Ok(Vendor { id, facts, version: 1 })
}

/// Replaces what is known of a service provider.
pub(crate) async fn put_vendor(
    tx: &mut TenantTx,
    id: VendorId,
    version: i64,
    form: VendorForm,
) -> Result<Vendor, PrivacyError> {
    let current = register::vendor(tx, id).await?.ok_or(PrivacyError::NotOnRegister)?;
    if current.version != version {
        return Err(PrivacyError::Stale { expected: version, current: current.version });
    }
    let facts = form.checked().map_err(PrivacyError::Invalid)?;
    if facts == current.facts {
        return Ok(current);
    }
    register::save_vendor(tx, id, &facts, false).await?;
    tx.audit(AuditRecord::new("compliance.vendor_changed", id).before(&current.facts).after(&facts)).await?;
    Ok(Vendor { id, facts, version: version + 1 })
}

/// Notes a security event.
pub(crate) async fn add_incident(
    tx: &mut TenantTx,
    id: IncidentId,
    form: IncidentForm,
) -> Result<Incident, PrivacyError> {
    let facts = form.checked().map_err(PrivacyError::Invalid)?;
    register::save_incident(tx, id, &facts, true).await.map_err(|error| match error {
        error if error.is_duplicate_of("compliance_incident_pkey") => PrivacyError::IdTaken,
        error => error.into(),
    })?;
    tx.audit(AuditRecord::new("compliance.incident_added", id).after(&facts)).await?;
    Ok(Incident::of(id, facts, 1))
}

/// Replaces what is known of a security event. What was known before stays in the audit trail.
pub(crate) async fn put_incident(
    tx: &mut TenantTx,
    id: IncidentId,
    version: i64,
    form: IncidentForm,
) -> Result<Incident, PrivacyError> {
    let current = register::incident(tx, id).await?.ok_or(PrivacyError::NotOnRegister)?;
    if current.version != version {
        return Err(PrivacyError::Stale { expected: version, current: current.version });
    }
    let facts = form.checked().map_err(PrivacyError::Invalid)?;
    if facts == current.facts {
        return Ok(current);
    }
    register::save_incident(tx, id, &facts, false).await?;
    tx.audit(AuditRecord::new("compliance.incident_changed", id).before(&current.facts).after(&facts)).await?;
    Ok(Incident::of(id, facts, version + 1))
}

/// The customers to be told, and the note that they were listed.
pub(crate) async fn list_affected(tx: &mut TenantTx, of: Reached) -> Result<Vec<AffectedCustomer>, PrivacyError> {
    let rows = evidence::affected_customers(tx, of).await?;
    let after = json!({ "from": of.from, "until": of.until, "personId": of.person, "customers": rows.len() });
    let store = tx.acting();
    tx.audit(AuditRecord::new("compliance.affected_listed", store).after(&after)).await?;
    Ok(rows)
}
