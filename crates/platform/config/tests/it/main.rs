//! The layers, their order, and what a mistake answers.

use autolytiq_config::{ConfigError, LogFormat, Sources, load};
use figment::Jail;
use serde_json::json;

#[expect(clippy::result_large_err, reason = "figment's own error, in the closure it asks for")]
fn in_jail(test: impl FnOnce(&mut Jail)) {
    Jail::expect_with(|jail| {
        jail.clear_env();
        test(jail);
        Ok(())
    });
}

#[test]
fn nothing_at_all_is_a_configuration() {
    in_jail(|_| {
        let config = load(&Sources::default()).unwrap();
        assert_eq!(config.server.port, 8080);
        assert_eq!(config.log.format, LogFormat::Json);
        assert!(config.database.url.is_none());
        assert_eq!(config.server.shown_url(8080), "http://localhost:8080");
    });
}

#[test]
fn each_layer_overrules_the_one_below() {
    in_jail(|jail| {
        jail.create_file("autolytiq.toml", "[server]\nport = 1001\ndeadline_seconds = 7\n[limits]\nper_person = 5\n")
            .unwrap();
        jail.set_env("AUTOLYTIQ__SERVER__PORT", "1002");
        jail.set_env("AUTOLYTIQ__LIMITS__PER_ADDRESS", "9");
        let config = load(&Sources::default()).unwrap();
        assert_eq!((config.server.port, config.server.deadline_seconds), (1002, 7));
        assert_eq!((config.limits.per_person, config.limits.per_address), (5, 9));
        let overrides = vec![("server.port".to_owned(), json!(1003))];
        assert_eq!(load(&Sources { overrides, ..Sources::default() }).unwrap().server.port, 1003);
    });
}

#[test]
fn an_unknown_key_is_refused_with_its_name() {
    in_jail(|jail| {
        jail.create_file("autolytiq.toml", "[server]\nprot = 1001\n").unwrap();
        let error = load(&Sources::default()).unwrap_err().to_string();
        assert!(error.contains("prot") && error.contains("autolytiq.toml"), "{error}");
    });
    in_jail(|jail| {
        jail.set_env("AUTOLYTIQ__SERVER__PROT", "1");
        let error = load(&Sources::default()).unwrap_err().to_string();
        assert!(error.contains("prot"), "{error}");
    });
}

#[test]
fn a_secret_is_read_and_never_shown() {
    in_jail(|jail| {
        jail.set_env("DATABASE_URL", "postgres://desk:hunter2@db.example/desk");
        let config = load(&Sources::default()).unwrap();
        assert_eq!(config.database.url.as_ref().unwrap().expose(), "postgres://desk:hunter2@db.example/desk");
        let shown = format!("{config:?} {}", config.dump().unwrap());
        assert!(!shown.contains("hunter2") && shown.contains("(set)"), "{shown}");
    });
}

#[test]
fn what_makes_no_sense_is_told_all_at_once() {
    in_jail(|jail| {
        jail.create_file(
            "autolytiq.toml",
            "[server]\npublic_url = \"ftp://desk.example\"\ncors_origins = [\"desk.example\"]\n[limits]\nper_person = 0\n",
        )
        .unwrap();
        let Err(ConfigError::Faults(faults)) = load(&Sources::default()) else { panic!("accepted") };
        assert_eq!(faults.len(), 3, "{faults:?}");
    });
}

#[test]
fn a_named_file_must_exist() {
    in_jail(|_| {
        let sources = Sources { file: Some("elsewhere.toml".into()), ..Sources::default() };
        assert!(matches!(load(&sources), Err(ConfigError::NoFile(_))));
    });
}

#[test]
fn targets_have_addresses_from_the_file_or_the_environment() {
    in_jail(|jail| {
        jail.create_file("autolytiq.toml", "[targets]\nrun = [\"gateway\"]\ndeals = \"http://10.0.0.7:3003\"\n")
            .unwrap();
        jail.set_env("AUTOLYTIQ__TARGETS__AUTH", "http://auth.internal:3001");
        let config = load(&Sources::default()).unwrap();
        let given: Vec<(&str, String)> =
            config.targets.addresses().into_iter().filter_map(|(name, url)| Some((name, url?.to_string()))).collect();
        assert_eq!(
            given,
            [("auth", "http://auth.internal:3001/".to_owned()), ("deals", "http://10.0.0.7:3003/".to_owned())]
        );
        assert!(config.targets.is_split() && config.targets.runs("gateway") && !config.targets.runs("worker"));
        assert!(config.dump().unwrap().contains("deals = \"http://10.0.0.7:3003/\""));
    });
    in_jail(|_| {
        let config = load(&Sources::default()).unwrap();
        assert!(!config.targets.is_split() && config.targets.runs("gateway") && config.targets.runs("worker"));
    });
}

#[test]
fn an_address_that_a_gateway_could_not_use_is_refused() {
    for address in
        ["https://deals.internal", "http://deals.internal/api", "http://me@deals.internal", "unix:/run/deals"]
    {
        in_jail(|jail| {
            jail.set_env("AUTOLYTIQ__TARGETS__DEALS", address);
            let error = load(&Sources::default()).unwrap_err().to_string();
            assert!(error.contains("targets.deals must be like"), "{address}: {error}");
        });
    }
}
