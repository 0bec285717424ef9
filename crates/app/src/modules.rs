//! The table of modules: one line each.

use std::sync::Arc;

use autolytiq_config::{Config, TextCarrier};
use autolytiq_http::Module;
use autolytiq_identity::{Guard, IdentityConfig};
use autolytiq_mail::{MailConfig, TextFolder, TextProvider};
use secrecy::SecretString;
use utoipa::openapi::OpenApi;

use crate::live;

/// Every module of the product. Its needs are in the module itself; its target is its name unless said otherwise here,
/// or by identity, whose routes are `auth` and `admin`. Live updates stand with the deals: who looks at a deal is known
/// in the process that serves it.
#[must_use]
pub fn modules(config: &Config) -> Vec<Module> {
    vec![
        autolytiq_identity::module(identity_config(config)),
        autolytiq_audit::module().target("admin"),
        autolytiq_mail::module().target("admin"),
        autolytiq_places::module().target("deals"),
        autolytiq_crm::module(),
        autolytiq_inventory::module(),
        autolytiq_desking::module(),
        autolytiq_privacy::module().target("customers"),
        autolytiq_rooftops::module().target("admin"),
        live::module().target("deals"),
        autolytiq_protection::module().target("admin"),
    ]
}

/// The API document of the whole product. It needs neither a database nor a data folder.
#[must_use]
pub fn document() -> OpenApi {
    autolytiq_http::openapi::document(&modules(&Config::default()))
}

/// How mail leaves.
#[must_use]
pub fn mail_config(config: &Config) -> MailConfig {
    MailConfig {
        smtp_url: config.mail.smtp_url.as_ref().map(|url| SecretString::from(url.expose())),
        from: config.mail.from.clone(),
        folder: config.data.mail(),
    }
}

/// What identity needs to know of the installation.
#[must_use]
pub fn identity_config(config: &Config) -> IdentityConfig {
    IdentityConfig {
        keys_folder: config.data.keys().join("access"),
        set_up_token_file: config.data.setup_token(),
        // The same in every process of the installation, whatever port each has.
        issuer: config
            .server
            .public_url
            .as_ref()
            .map_or_else(|| "autolytiq".to_owned(), |url| url.origin().ascii_serialization()),
        texts: config.texts.provider.map(|carrier| -> Arc<dyn TextProvider> {
            match carrier {
                TextCarrier::File => Arc::new(TextFolder::new(config.data.texts())),
            }
        }),
        reach: if config.single_sign_on.private_network { Guard::with_private_network() } else { Guard::public() },
    }
}
