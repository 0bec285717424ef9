//! The texts of messages, in the product's words and in the store's own: `/admin/mail-templates`.

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiPath, ApiResult, Authorized, IfMatch, Versioned};
use axum::Json;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    error::MailError,
    kind::{Kind, Secrecy},
    own,
    store::template::{self, Kept, Present},
    template::Template,
};

/// A text with names in braces where values go: `Hello {name}`.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = MailText)]
pub(super) struct Text {
    /// One line.
    #[schema(min_length = 1, max_length = 120)]
    subject: String,
    /// Plain text.
    #[schema(min_length = 1, max_length = 4000)]
    body: String,
}

impl From<Template> for Text {
    fn from(Template { subject, body }: Template) -> Self {
        Self { subject: subject.into_owned(), body: body.into_owned() }
    }
}

/// A value that a message has a place for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MailVariable)]
struct VariableView {
    /// Its name, which stands in braces.
    name: &'static str,
    /// What stands in its place.
    meaning: &'static str,
    /// What a preview shows in its place.
    sample: &'static str,
    /// The message is of no use without it.
    needed: bool,
    /// It is its receiver's alone: it stands in the text, not in the subject, with a space or a line break around it.
    secret: bool,
}

/// What the store writes in a message.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MailTemplate)]
pub(super) struct TemplateView {
    /// Which message.
    kind: Kind,
    /// Whether the text is the store's own.
    own: bool,
    /// The subject: the store's own, or the product's.
    subject: String,
    /// The text: the store's own, or the product's.
    body: String,
    /// What the product writes where the store has no text of its own.
    product: Text,
    /// The values that may stand in it.
    variables: Vec<VariableView>,
    /// For `If-Match`; 0 before the first change.
    version: i64,
}

fn view(kind: Kind, Present { version, own }: Present) -> TemplateView {
    let (is_own, product) = (own.is_some(), kind.template());
    let Text { subject, body } = own.unwrap_or_else(|| product.clone()).into();
    let variables = kind.variables().map(|variable| VariableView {
        name: variable.name,
        meaning: variable.meaning,
        sample: variable.sample,
        needed: variable.needed,
        secret: variable.secrecy != Secrecy::Open,
    });
    TemplateView { kind, own: is_own, subject, body, product: product.into(), variables: variables.collect(), version }
}

/// What the store writes in its messages.
#[derive(Serialize, ToSchema)]
#[schema(as = MailTemplates)]
pub(super) struct Templates {
    /// One for each message that there is.
    items: Vec<TemplateView>,
}

/// What the product writes to people of the store, in its words or in the store's own.
#[utoipa::path(get, path = "/admin/mail-templates", operation_id = "listMailTemplates",
    responses((status = 200, description = "The texts.", body = Templates)))]
pub(super) async fn list_mail_templates(auth: Authorized<action::SettingsRead>) -> ApiResult<Json<Templates>> {
    let mut tx = auth.begin().await?;
    let all = own::list(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(Templates { items: all.into_iter().map(|(kind, present)| view(kind, present)).collect() }))
}

/// A change of what the store writes in a message.
enum Change {
    To(Template),
    BackToProduct,
    BackTo(i64),
}

async fn change(
    auth: &Authorized<action::SettingsEdit>,
    kind: Kind,
    if_match: IfMatch,
    change: Change,
) -> ApiResult<Versioned<TemplateView>> {
    let mut tx = auth.begin().await?;
    let store = tx.acting();
    let present = template::present(tx.conn(), store, kind).await?;
    let Present { version, own } = &present;
    if_match.check(*version, || view(kind, Present { version: *version, own: own.clone() }))?;
    let saved = match change {
        Change::To(template) => own::write(&mut tx, kind, present, Some(template)).await?,
        Change::BackToProduct => own::write(&mut tx, kind, present, None).await?,
        Change::BackTo(earlier) => own::restore(&mut tx, kind, present, earlier).await?,
    };
    tx.commit().await?;
    Ok(Versioned::new(saved.version, view(kind, saved)))
}

/// Write a message in the store's own words. Messages that wait already keep theirs.
#[utoipa::path(put, path = "/admin/mail-templates/{kind}", operation_id = "putMailTemplate", request_body = Text,
    params(("kind" = Kind, Path), ("If-Match" = String, Header)),
    responses((status = 200, description = "Saved.", body = TemplateView)))]
pub(super) async fn put_mail_template(
    auth: Authorized<action::SettingsEdit>,
    ApiPath(kind): ApiPath<Kind>,
    if_match: IfMatch,
    ApiJson(Text { subject, body }): ApiJson<Text>,
) -> ApiResult<Versioned<TemplateView>> {
    let template = Template::read(kind, &subject, &body).map_err(MailError::Unfit)?;
    change(&auth, kind, if_match, Change::To(template)).await
}

/// Go back to the product's text of a message.
#[utoipa::path(delete, path = "/admin/mail-templates/{kind}", operation_id = "deleteMailTemplate",
    params(("kind" = Kind, Path), ("If-Match" = String, Header)),
    responses((status = 200, description = "The product's text holds.", body = TemplateView)))]
pub(super) async fn delete_mail_template(
    auth: Authorized<action::SettingsEdit>,
    ApiPath(kind): ApiPath<Kind>,
    if_match: IfMatch,
) -> ApiResult<Versioned<TemplateView>> {
    change(&auth, kind, if_match, Change::BackToProduct).await
}

/// A message as its receiver would read it.
#[derive(Serialize, ToSchema)]
#[schema(as = MailPreview)]
pub(super) struct Preview {
    /// The subject.
    subject: String,
    /// The text.
    body: String,
}

/// See a text with samples in the places of its values. Nothing is stored, and nobody's values are in it.
#[utoipa::path(post, path = "/admin/mail-templates/{kind}/preview", operation_id = "previewMailTemplate",
    request_body = Text, params(("kind" = Kind, Path)),
    responses((status = 200, description = "As its receiver would read it.", body = Preview)))]
pub(super) async fn preview_mail_template(
    _auth: Authorized<action::SettingsRead>,
    ApiPath(kind): ApiPath<Kind>,
    ApiJson(Text { subject, body }): ApiJson<Text>,
) -> ApiResult<Json<Preview>> {
    let template = Template::read(kind, &subject, &body).map_err(MailError::Unfit)?;
    let filled = template.fill(|name| kind.variable(name).map(|variable| variable.sample));
    let (subject, body) = filled.map_err(|fault| MailError::Text(kind.id(), fault))?;
    Ok(Json(Preview { subject, body }))
}

/// A version of a text.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MailTemplateVersion)]
struct Version {
    /// Its number.
    version: i64,
    /// When it was saved.
    #[schema(value_type = String, format = DateTime)]
    saved_at: Timestamp,
    /// Who saved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    saved_by: Option<String>,
    /// What it says; absent where it went back to the product's text.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Text>,
}

/// The versions of a text.
#[derive(Serialize, ToSchema)]
#[schema(as = MailTemplateVersions)]
pub(super) struct Versions {
    /// Newest first; at most 50. Before the first one the product's text held, which is version 0.
    items: Vec<Version>,
}

/// The versions of a message's text: who saved what, and when.
#[utoipa::path(get, path = "/admin/mail-templates/{kind}/versions", operation_id = "listMailTemplateVersions",
    params(("kind" = Kind, Path)),
    responses((status = 200, description = "The versions.", body = Versions)))]
pub(super) async fn list_mail_template_versions(
    auth: Authorized<action::SettingsRead>,
    ApiPath(kind): ApiPath<Kind>,
) -> ApiResult<Json<Versions>> {
    let mut tx = auth.begin().await?;
    let kept = template::versions(&mut tx, kind).await?;
    tx.commit().await?;
    let version = |Kept { present, saved_at, saved_by }: Kept| Version {
        version: present.version,
        saved_at,
        saved_by,
        text: present.own.map(Text::from),
    };
    Ok(Json(Versions { items: kept.into_iter().map(version).collect() }))
}

/// Go back to an earlier version of a message's text: what it says is checked and saved again, as a new version.
#[utoipa::path(post, path = "/admin/mail-templates/{kind}/versions/{version}/restore",
    operation_id = "restoreMailTemplateVersion",
    params(("kind" = Kind, Path), ("version" = i64, Path), ("If-Match" = String, Header)),
    responses((status = 200, description = "Saved.", body = TemplateView)))]
pub(super) async fn restore_mail_template_version(
    auth: Authorized<action::SettingsEdit>,
    ApiPath((kind, earlier)): ApiPath<(Kind, i64)>,
    if_match: IfMatch,
) -> ApiResult<Versioned<TemplateView>> {
    change(&auth, kind, if_match, Change::BackTo(earlier)).await
}
