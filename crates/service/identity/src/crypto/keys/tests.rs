use std::{fs, os::unix::fs::PermissionsExt};

use autolytiq_kernel::{Ids, Role};
use jiff::{SignedDuration, Timestamp};

use super::{KeyError, KeyRing};
use crate::crypto::access::{AccessTokens, Subject, TokenError};

const NOON: &str = "2026-03-02T12:00:00Z";

fn at(minutes: i64) -> Timestamp {
    NOON.parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

fn subject() -> Subject {
    let ids = Ids::sequence(1);
    Subject {
        person: ids.next(),
        session: ids.next(),
        acting: ids.next(),
        role: Role::Salesperson,
        confirmed_at: "2026-03-02T12:00:00Z".parse().unwrap(),
        not_after: Timestamp::MAX,
    }
}

fn tokens(folder: &tempfile::TempDir, now: Timestamp) -> AccessTokens {
    AccessTokens::new(KeyRing::open(folder.path().join("keys"), now).unwrap(), "http://localhost:8080")
}

#[test]
fn a_rotation_keeps_the_tokens_of_the_old_key_until_they_expire() {
    let folder = tempfile::tempdir().unwrap();
    let tokens = tokens(&folder, at(0));
    let old = tokens.issue(subject(), at(1)).unwrap();
    tokens.keys().rotate(at(2)).unwrap();
    assert_eq!(tokens.keys().jwks().keys.len(), 2);
    let new = tokens.issue(subject(), at(2)).unwrap();
    let kid = |token: &str| jsonwebtoken::decode_header(token).unwrap().kid.unwrap();
    assert_ne!(kid(&old), kid(&new));
    assert_eq!(tokens.keys().jwks().keys[0].common.key_id.as_deref(), Some(kid(&new).as_str()), "newest first");

    tokens.keys().maintain(at(15)).unwrap();
    assert!(tokens.verify(&old, at(15)).is_ok());
    assert!(matches!(tokens.verify(&old, at(16)), Err(TokenError::Expired)));
    tokens.keys().maintain(at(18)).unwrap();
    assert_eq!(tokens.keys().jwks().keys.len(), 1);
    assert!(matches!(tokens.verify(&old, at(18)), Err(TokenError::Invalid("unknown key"))));
}

#[test]
fn a_key_that_signed_for_thirty_days_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let tokens = tokens(&folder, at(0));
    let first = tokens.keys().signing().kid().to_owned();
    tokens.keys().maintain(at(29 * 24 * 60)).unwrap();
    assert_eq!(tokens.keys().signing().kid(), first);
    tokens.keys().maintain(at(30 * 24 * 60)).unwrap();
    assert_ne!(tokens.keys().signing().kid(), first);
}

#[test]
fn a_restart_and_another_process_read_the_same_keys() {
    let folder = tempfile::tempdir().unwrap();
    let here = tokens(&folder, at(0));
    let there = tokens(&folder, at(0));
    here.keys().rotate(at(1)).unwrap();
    let token = here.issue(subject(), at(1)).unwrap();
    assert!(there.verify(&token, at(1)).is_ok(), "an unknown key makes the other process look again");
}

#[test]
fn private_keys_are_private_files() {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys");
    KeyRing::open(keys.clone(), at(0)).unwrap();
    let files: Vec<_> = fs::read_dir(&keys).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    assert_eq!(fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&files[0], fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(KeyRing::open(keys.clone(), at(0)), Err(KeyError::Exposed { .. })));
    fs::set_permissions(&files[0], fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(&files[0], "not a key").unwrap();
    assert!(matches!(KeyRing::open(keys, at(0)), Err(KeyError::Unreadable { .. })));
}
