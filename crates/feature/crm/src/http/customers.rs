//! The list of customers, and one of them.

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiPath, ApiQuery, ApiResult, Authorized, Created, IfMatch, Versioned};
use autolytiq_kernel::{CustomerId, Form, Page, PageRequest, problem::Problem, search::SearchTerms};
use axum::Json;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{CustomerView, view};
use crate::{api, domain::customer::CustomerForm, store};

/// The name of the list's only order, bound into its cursors.
const BY_NAME: &str = "customers.name";

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct CustomerQuery {
    /// Parts of a name, digits of a telephone number, a part of an e-mail address; every word must be found. One or two
    /// letters find last names that begin with them.
    #[param(max_length = 100)]
    q: Option<String>,
}

/// Customers by last and first name.
#[utoipa::path(get, path = "/customers", operation_id = "listCustomers", params(PageRequest, CustomerQuery),
    responses((status = 200, description = "A page of customers", body = Page<CustomerView>)))]
pub(super) async fn list_customers(
    auth: Authorized<action::CustomerRead>,
    ApiQuery(page): ApiQuery<PageRequest>,
    ApiQuery(query): ApiQuery<CustomerQuery>,
) -> ApiResult<Json<Page<CustomerView>>> {
    let mut form = Form::new();
    let q = form.optional_line("/q", query.q.as_deref(), 100);
    let q = form.finish(q).map_err(Problem::invalid)?;
    let after = page.key::<store::search::After>(BY_NAME)?;
    let mut tx = auth.begin().await?;
    let terms = q.as_deref().map(SearchTerms::parse);
    let rows = match terms {
        // Something was typed, and there is no letter or digit in it: nobody is called that.
        Some(None) => Vec::new(),
        terms => store::search::page(&mut tx, terms.flatten().as_ref(), after, page.limit).await?,
    };
    let page = Page::from_rows(rows, page.limit, BY_NAME, |customer| (customer.facts.sort_name(), customer.id));
    Ok(Json(page.map(|customer| view(&customer))))
}

/// Adds a customer.
#[utoipa::path(post, path = "/customers", operation_id = "createCustomer", request_body = CustomerForm,
    responses((status = 201, description = "Added", body = CustomerView)))]
pub(super) async fn create_customer(
    auth: Authorized<action::CustomerCreate>,
    ApiJson(form): ApiJson<CustomerForm>,
) -> ApiResult<Created<CustomerView>> {
    let id = form.id.ok_or_else(|| Problem::invalid_field("/id", "required", "make an id for the new customer"))?;
    let mut tx = auth.begin().await?;
    let customer = api::create_customer(&mut tx, &auth.platform().vault, id, &form).await?;
    tx.commit().await?;
    Ok(Created::new(format!("/api/v1/customers/{}", customer.id), customer.version, view(&customer)))
}

/// One customer.
#[utoipa::path(get, path = "/customers/{id}", operation_id = "getCustomer", params(("id" = CustomerId, Path)),
    responses((status = 200, description = "The customer", body = CustomerView)))]
pub(super) async fn get_customer(
    auth: Authorized<action::CustomerRead>,
    ApiPath(id): ApiPath<CustomerId>,
) -> ApiResult<Versioned<CustomerView>> {
    let mut tx = auth.begin().await?;
    let customer = api::customer(&mut tx, id).await?;
    Ok(Versioned::new(customer.version, view(&customer)))
}

/// Replaces what is on file. Optional fields that are absent are cleared, except the date of birth.
#[utoipa::path(put, path = "/customers/{id}", operation_id = "putCustomer", request_body = CustomerForm,
    params(("id" = CustomerId, Path), ("If-Match" = String, Header, description = "The version that was changed")),
    responses((status = 200, description = "As saved", body = CustomerView)))]
pub(super) async fn put_customer(
    auth: Authorized<action::CustomerEdit>,
    ApiPath(id): ApiPath<CustomerId>,
    if_match: IfMatch,
    ApiJson(form): ApiJson<CustomerForm>,
) -> ApiResult<Versioned<CustomerView>> {
    if form.id.is_some_and(|repeated| repeated != id) {
        return Err(Problem::invalid_field("/id", "different", "this is not the id in the address").into());
    }
    let mut tx = auth.begin().await?;
    let customer = api::update_customer(&mut tx, &auth.platform().vault, id, if_match.version(), &form).await?;
    tx.commit().await?;
    Ok(Versioned::new(customer.version, view(&customer)))
}
