//! The layers, and what a wrong key answers.

use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format as _, Serialized, Toml};
use serde_json::Value;

use crate::Config;

/// The file that is read when none is named, if it is there.
const DEFAULT_FILE: &str = "autolytiq.toml";
const PREFIX: &str = "AUTOLYTIQ__";

/// Where the layers come from.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// A file that must exist; otherwise `autolytiq.toml` in the working folder, if there is one.
    pub file: Option<PathBuf>,
    /// Values of the command line by dotted key (`server.port`), the last word.
    pub overrides: Vec<(String, Value)>,
}

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file was named and is not there.
    #[error("there is no configuration file {}", .0.display())]
    NoFile(PathBuf),
    /// A key is unknown, or a value of the wrong kind. The message names the layer it came from.
    #[error("the configuration cannot be read: {0}")]
    Unreadable(#[source] Box<figment::Error>),
    /// Values that make no sense together.
    #[error("the configuration cannot be used: {}", .0.join("; "))]
    Faults(Vec<String>),
}

/// Reads the layers and checks the result.
///
/// # Errors
/// [`ConfigError`], in words for the person who wrote the configuration.
pub fn load(sources: &Sources) -> Result<Config, ConfigError> {
    // The defaults hold no secret, so no mask enters the layers.
    let mut layers = Figment::from(Serialized::defaults(Config::default()));
    if let Some(file) = file(sources)? {
        layers = layers.merge(Toml::file_exact(file));
    }
    layers = layers
        .merge(Env::raw().only(&["DATABASE_URL"]).map(|_| "database.url".into()))
        .merge(Env::prefixed(PREFIX).split("__"));
    for (key, value) in &sources.overrides {
        layers = layers.merge(Serialized::default(key, value));
    }
    let config: Config = layers.extract().map_err(|error| ConfigError::Unreadable(Box::new(error)))?;
    let faults = config.faults();
    if faults.is_empty() { Ok(config) } else { Err(ConfigError::Faults(faults)) }
}

fn file(sources: &Sources) -> Result<Option<PathBuf>, ConfigError> {
    match &sources.file {
        Some(file) if file.is_file() => Ok(Some(file.clone())),
        Some(file) => Err(ConfigError::NoFile(file.clone())),
        None => Ok(Some(PathBuf::from(DEFAULT_FILE)).filter(|file| Path::new(file).is_file())),
    }
}
