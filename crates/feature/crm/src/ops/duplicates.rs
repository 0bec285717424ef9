//! Whether the store knows the person already.

use autolytiq_db::TenantTx;
use autolytiq_kernel::{CustomerId, Form};
use autolytiq_secrets::Vault;

use crate::{
    CrmError,
    api::Customer,
    domain::contact::{Email, Phone},
    store,
};

/// A customer with the same telephone number or e-mail address.
#[derive(Debug)]
pub struct Duplicate {
    /// Who it is.
    pub customer: Customer,
    /// Whether the telephone number is the same.
    pub phone: bool,
    /// Whether the e-mail address is the same.
    pub email: bool,
}

/// Customers of the store with this telephone number or e-mail address, other than `except`; at most twenty.
///
/// # Errors
/// [`CrmError::Invalid`] when what is given is neither, or the database's.
pub async fn find_duplicates(
    tx: &mut TenantTx,
    vault: &Vault,
    phone: Option<&str>,
    email: Option<&str>,
    except: Option<CustomerId>,
) -> Result<Vec<Duplicate>, CrmError> {
    let mut form = Form::new();
    let phone = phone.and_then(|phone| form.take("/phone", Phone::parse(phone)));
    let email = email.and_then(|email| form.take("/email", Email::parse(email)));
    if phone.is_none() && email.is_none() {
        form.refuse("", "required", "give a telephone number or an e-mail address");
    }
    let (phone, email) = form.finish((phone, email)).map_err(CrmError::Invalid)?;
    let phone_index = phone.as_ref().map(|phone| vault.blind_index(tx, "customer.phone", phone.as_str()));
    let email_index = email.as_ref().map(|email| vault.blind_index(tx, "customer.email", email.as_str()));
    let found = store::search::with_contact(tx, phone_index, email_index, except).await?;
    let same = |given: bool, equal: bool| given && equal;
    Ok(found
        .into_iter()
        .map(|customer| Duplicate {
            phone: same(phone.is_some(), customer.facts.phone == phone),
            email: same(email.is_some(), customer.facts.email == email),
            customer,
        })
        .collect())
}
