//! From the configuration to the values each layer takes.

use std::num::NonZeroU32;
use std::time::Duration;

use autolytiq_config::{Config, LogFormat};
use autolytiq_db::PoolSettings;
use autolytiq_http::assemble::GATEWAY;
use autolytiq_http::connections::Bounds;
use autolytiq_http::seal::Seal;
use autolytiq_http::settings::{Limits, Settings};
use autolytiq_telemetry::log::Format;
use secrecy::SecretString;

/// How HTTP behaves. `seal` opens what a gateway says, in a process that stands behind one.
#[must_use]
pub fn http(config: &Config, seal: Option<Seal>) -> Settings {
    let (server, limits) = (&config.server, &config.limits);
    // The configuration refuses 0, so nothing is bent here.
    let per_minute = |requests: u32| NonZeroU32::new(requests).unwrap_or(NonZeroU32::MIN);
    Settings {
        public_url: server.public_url.clone(),
        port: server.port,
        cors_origins: server.cors_origins.clone(),
        // What stands before the gateway does not stand before the processes behind it.
        trust_forwarded_for: server.trust_forwarded_for && seal.is_none(),
        seal,
        body_limit: server.body_limit_bytes,
        deadline: Duration::from_secs(server.deadline_seconds),
        limits: Limits {
            log_in_per_address: per_minute(limits.log_in_per_address),
            per_person: per_minute(limits.per_person),
            per_dealership: per_minute(limits.per_dealership),
            per_address: per_minute(limits.per_address),
        },
        redis: limits.redis_url.as_ref().map(|url| SecretString::from(url.expose().to_owned())),
    }
}

/// How many connections, of which at most `room` fit, and how much patience with each.
#[must_use]
pub fn connections(config: &Config, room: usize) -> Bounds {
    let server = &config.server;
    Bounds {
        header: Duration::from_secs(server.header_seconds),
        stall: Duration::from_secs(server.stall_seconds),
        total: server.connections.min(room),
        // Behind a proxy or a gateway all come from one address.
        per_address: (!server.trust_forwarded_for && config.targets.runs(GATEWAY))
            .then_some(server.connections_per_address),
    }
}

/// The sizes of the database pools.
#[must_use]
pub fn pools(config: &Config) -> PoolSettings {
    PoolSettings {
        app_connections: config.database.app_connections,
        system_connections: config.database.system_connections,
        ..PoolSettings::default()
    }
}

/// How log lines look.
#[must_use]
pub fn log_format(config: &Config) -> Format {
    match config.log.format {
        LogFormat::Json => Format::Json,
        LogFormat::Text => Format::Text,
    }
}
