//! A valid body for each operation that takes one.

use serde_json::{Value, json};

use crate::world::{PASSWORD, World, customer_body, new_id, vehicle_body};

/// The body of an operation, or nothing when there is no sample: then the operation must be in the committed list of
/// uncovered ones.
pub(crate) fn body(world: &World, operation: &str) -> Option<Value> {
    let input = || world.start.clone();
    let place = json!({ "state": "TX", "county": "Dallas", "city": "Dallas", "zip": "75204" });
    Some(match operation {
        "createUser" => json!({
            "name": "New", "email": format!("{}@first.example", new_id()), "password": PASSWORD, "role": "salesperson"
        }),
        "previewUserImport" => json!({ "text": "name,email,role\nNew,new@first.example,bdc\n" }),
        "createUserImport" => {
            json!({ "id": new_id(), "text": format!("name,email,role\nNew,{}@first.example,bdc\n", new_id()) })
        }
        "putUserName" => json!({ "name": "Another" }),
        "putUserRole" => json!({ "role": "sales_manager" }),
        "createCustomRole" => {
            json!({ "name": new_id(), "role": "salesperson", "changes": { "deal.cost.view": "store" } })
        }
        "createTeam" => json!({ "name": new_id() }),
        "putTeam" => json!({ "name": "Nights" }),
        "putUserTeam" => json!({ "team": world.ids["crew"] }),
        "putCustomRole" => json!({ "name": "Senior", "changes": { "deal.read": "store" } }),
        "deactivateUser" | "reactivateUser" | "endGroupAccess" => json!({ "reason": "a reason" }),
        "putMailTemplate" | "previewMailTemplate" => {
            json!({ "subject": "About your request", "body": "Hello {name},\n\n{store} says no." })
        }
        "putStoreProfile" => json!({
            "name": "First", "timeZone": "America/Denver", "place": { "state": "TX", "city": "Dallas" },
            "phone": "(214) 555-0100", "licenceNumbers": "P-12345",
            "hours": { "monday": { "opens": "09:00", "closes": "18:00" } }
        }),
        "putNumbering" => json!({
            "deals": { "prefix": "D-", "year": "four", "digits": 6 }, "newVehicles": { "prefix": "N", "digits": 5 }
        }),
        "putNextDealNumber" => json!({ "next": 20_000 }),
        "putNextStockNumber" => json!({ "condition": "used", "next": 5_000 }),
        // Without leases all the other samples work.
        "putFeatureSwitches" => json!({ "off": ["leases"] }),
        // The first bytes of a PNG.
        "createStoreLogo" => json!({ "data": "iVBORw0KGgoAAAANSUhEUg==" }),
        "putDeskSettings" => json!({
            "docFee": "150.00", "fees": [{ "code": "etch", "name": "Etching", "amount": "99.00", "taxable": true }],
            "pack": "500.00", "financeTermMonths": 72, "financeRate": "0.0649", "leaseTermMonths": 36,
            "leaseMoneyFactor": "0.00185", "leaseResidualPercent": "0.58", "acquisitionFee": "695.00",
            "annualMiles": 12000
        }),
        "login" => json!({ "email": "administrator@first.example", "password": PASSWORD }),
        "beginSingleSignOn" => json!({ "email": "somebody@elsewhere.example" }),
        "completeSingleSignOn" => json!({ "code": "none", "state": "none" }),
        "putSingleSignOn" => json!({
            "issuer": "https://127.0.0.1", "clientId": "desk", "clientSecret": "not the password", "hosts": ["first.example"],
            "roleClaim": "groups", "roleRules": [{ "value": "sales", "gives": { "role": "salesperson" } }],
            "passwords": true, "active": false
        }),
        "trySingleSignOn" => json!({ "issuer": "https://127.0.0.1" }),
        "requestAccess" => json!({ "store": new_id(), "name": "Nell", "email": "nell@first.example" }),
        "confirmAddress" => json!({ "token": "never-sent" }),
        "putStoreRegistrationDoor" => json!({ "open": true }),
        "approveRegistration" => json!({ "role": "salesperson" }),
        "replacePassword" => json!({ "ticket": "none", "password": PASSWORD }),
        "changePassword" => json!({ "present": "not the password", "password": PASSWORD }),
        "forgottenPassword" => json!({ "email": "administrator@first.example" }),
        "lookAtLink" => json!({ "token": "never-sent" }),
        "followLink" => json!({ "token": "never-sent", "password": PASSWORD }),
        "createOwnApiKey" | "createServiceAccountKey" => json!({ "name": "A key", "scopes": ["dealership.read"] }),
        "createServiceAccount" => json!({ "name": "Website", "purpose": "shows the stock", "role": "salesperson" }),
        "endStoreSessions" => json!({ "reason": "a laptop was stolen" }),
        "putSessionSettings" => json!({ "idleMinutes": 60, "absoluteHours": 24 }),
        "beginPasskey" | "challengePasskey" => json!({ "ticket": null }),
        "confirmPasskey" => json!({
            "ticket": "no-ticket", "id": "AAAA", "clientData": "AAAA", "authenticatorData": "AAAA", "publicKey": "AAAA",
            "name": "Laptop"
        }),
        "proveFactor" => json!({ "ticket": "no-ticket", "proof": { "method": "totp", "code": "123456" } }),
        "confirm" => json!({ "password": PASSWORD }),
        "sendCode" => json!({ "ticket": "no-ticket", "channel": "email" }),
        "beginCode" => json!({ "ticket": null, "channel": "email" }),
        "confirmCode" => json!({ "ticket": "no-ticket", "id": new_id(), "code": "123456", "name": "Mail" }),
        "beginTotp" => json!({ "ticket": null }),
        "confirmTotp" => json!({ "ticket": "no-ticket", "id": new_id(), "code": "123456", "name": "Phone" }),
        "switchStore" => json!({ "dealershipId": new_id() }),
        "calcDeal" | "calcTax" | "calcCash" | "calcFinance" | "calcLease" => json!({ "input": input() }),
        "calcAmortization" => {
            json!({ "amount": "20000.00", "rate": "0.0649", "termMonths": 60, "contractDate": "2026-03-02" })
        }
        "calcApr" => json!({
            "amountFinanced": "20000.00", "payment": "391.00", "payments": 60, "contractDate": "2026-03-02"
        }),
        "calcPayoff" => json!({
            "loan": { "amount": "20000.00", "rate": "0.0649", "termMonths": 60, "contractDate": "2026-03-02" },
            "on": "2026-09-15", "paymentsMade": 5
        }),
        "calcSolve" => json!({
            "input": small_input(), "column": "f", "variable": "price", "target": { "figure": "payment", "amount": "499.00" },
            "step": "1.00", "least": "1000.00", "most": "90000.00"
        }),
        "calcGrid" => json!({
            "input": small_input(), "column": "f",
            "axes": [{ "variable": "termMonths", "values": [60, 72] }, { "variable": "cashDown", "values": ["0", "2000.00"] }]
        }),
        "calcCompare" => json!({ "scenarios": [
            { "label": "A", "input": small_input(), "column": "f" }, { "label": "B", "input": small_input(), "column": "c" }
        ] }),
        "calcTruthInLending" => json!({
            "start": "2026-03-02", "advances": [{ "date": "2026-03-02", "amount": "20000.00" }],
            "payments": [{ "first": "2026-04-02", "amount": "391.00", "count": 60, "frequency": "monthly" }],
            "prepaidFinanceCharge": "100.00", "downPayment": "2000.00"
        }),
        "calcItemization" => json!({ "input": small_input() }),
        "calcBestRebates" => json!({ "input": small_input(), "column": "f" }),
        "calcProducts" => json!({ "input": small_input(), "column": "f" }),
        "calcExplain" => {
            json!({ "input": small_input(), "column": "f", "format": "text", "figure": "payment" })
        }
        "createCustomer" => json!({ "id": new_id(), "firstName": "Nell", "lastName": "Newcomer", "place": place }),
        "putCustomer" => {
            let mut body = customer_body("");
            body.as_object_mut()?.remove("id");
            body
        }
        "findDuplicateCustomers" => json!({ "phone": "(214) 555-0123", "email": "wilhelmina@example.com" }),
        "revealCustomerField" => json!({ "field": "dateOfBirth", "reason": "to check the licence" }),
        "createConsent" => json!({
            "id": new_id(), "channel": "email", "given": true, "source": "in_person", "wording": "May we write to you?"
        }),
        "putRetention" => json!({ "withoutPurchaseMonths": 24, "afterPurchaseMonths": 60 }),
        "runRetention" => json!({ "id": new_id() }),
        "createSignOff" => json!({ "id": new_id(), "kind": "training", "name": "Somebody", "doneOn": "2026-03-02" }),
        "createVendor" => json!({ "id": new_id(), "vendor": register_line("vendor") }),
        "putVendor" => changed_line("vendor", "name"),
        "createIncident" => json!({ "id": new_id(), "incident": register_line("incident") }),
        "putIncident" => changed_line("incident", "title"),
        "placeHold" => json!({ "reason": "a lawsuit" }),
        "eraseCustomer" => json!({ "version": 1 }),
        "createVehicle" => {
            let mut body = vehicle_body(&new_id(), "N-1", "1M8GDM9AXKP042788");
            // As the VIN says.
            body["year"] = json!(1989);
            body
        }
        "putVehicle" => {
            let mut body = vehicle_body("", "P-1", crate::world::VIN);
            body.as_object_mut()?.remove("id");
            body["odometer"] = json!(82_500);
            body
        }
        "createDeal" => json!({
            "id": new_id(), "customerId": world.ids["customers"], "vehicleId": world.ids["inventory"]
        }),
        "copyDeal" => json!({ "id": new_id() }),
        "putDealPresence" => json!({ "manner": "looking" }),
        "createPencil" => json!({
            "id": new_id(), "parentId": world.ids["pencilId"], "input": input(), "note": "a note", "reason": "a reason"
        }),
        "approveDeal" | "cancelDeal" | "closeDeal" | "rejectDeal" | "reopenDeal" | "submitDeal" => {
            json!({ "reason": "a reason" })
        }
        "resolvePlaces" => json!({ "dealDate": "2026-03-02", "dealerPlace": place, "buyerPlace": place }),
        "withdrawRateImport" => json!({ "reason": "a reason" }),
        "setUp" => json!({
            "setupToken": "not the token, which nobody here knows", "group": { "name": "Third" },
            "store": { "name": "Third", "timeZone": "America/Chicago", "place": { "state": "TX" } },
            "administrator": { "name": "Third", "email": "third@example.com", "password": PASSWORD }
        }),
        _ => return None,
    })
}

/// Such a line with another text than the one it had.
fn changed_line(of: &str, field: &str) -> Value {
    let mut line = register_line(of);
    line[field] = json!("Another one");
    line
}

/// A line of a register of the compliance desk.
pub(crate) fn register_line(of: &str) -> Value {
    match of {
        "vendor" => json!({ "name": "A printer", "service": "letters", "data": "names and addresses" }),
        _ => json!({ "title": "A lost laptop", "discoveredAt": "2026-03-02T15:00:00Z", "consumers": 3 }),
    }
}

/// A deal that the operations beside `calcDeal` read like it: their own fields are what is told apart here.
fn small_input() -> Value {
    json!({
        "dealDate": "2026-03-02", "vehicle": { "condition": "new" }, "dealerPlace": { "state": "TX" },
        "buyerPlace": { "state": "TX" }, "price": "30000.00",
        "columns": [{ "kind": "cash", "id": "c" }, { "kind": "finance", "id": "f", "rate": "0.06", "termMonths": 60 }]
    })
}
