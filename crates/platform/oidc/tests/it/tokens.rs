//! Forged, foreign and stale ID tokens.

use autolytiq_oidc::{Expected, JwkSet, TokenRefused, verify};
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::{Jwk, JwkSet as Set};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

const ISSUER: &str = "https://login.example.com";
const CLIENT: &str = "autolytiq-desk";
const NOW: i64 = 1_772_463_600;

struct Key(EncodingKey, Jwk);

fn key(kid: &str) -> Key {
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let pkcs8: aws_lc_rs::encoding::Pkcs8V1Der<'_> = pair.as_der().unwrap();
    let pem = format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        base64::engine::general_purpose::STANDARD.encode(pkcs8.as_ref())
    );
    let encoding = EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap();
    let mut public = Jwk::from_encoding_key(&encoding, Algorithm::RS256).unwrap();
    public.common.key_id = Some(kid.to_owned());
    Key(encoding, public)
}

fn claims() -> Value {
    json!({ "iss": ISSUER, "sub": "248289761001", "aud": CLIENT, "exp": NOW + 300, "iat": NOW - 5, "nonce": "n-0S6",
            "email": "ada@example.com", "email_verified": true, "name": "Ada", "groups": ["sales", "desk"] })
}

fn sign(key: &Key, header: &Header, claims: &Value) -> String {
    jsonwebtoken::encode(header, claims, &key.0).unwrap()
}

fn header(kid: &str) -> Header {
    Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::RS256) }
}

fn check(token: &str, keys: &JwkSet) -> Result<autolytiq_oidc::Identity, TokenRefused> {
    let now = jiff::Timestamp::from_second(NOW).unwrap();
    verify(token, keys, &Expected { issuer: ISSUER, client_id: CLIENT, nonce: "n-0S6", now })
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

#[test]
fn a_good_token_says_who_signed_in() {
    let one = key("one");
    let keys = Set { keys: vec![one.1.clone()] };
    let who = check(&sign(&one, &header("one"), &claims()), &keys).unwrap();
    assert_eq!((who.subject.as_str(), who.verified_email()), ("248289761001", Some("ada@example.com")));
    assert_eq!((who.texts("groups"), who.texts("none"), who.second_factor), (vec!["sales", "desk"], vec![], false));

    let mut several = claims();
    several["aud"] = json!([CLIENT, "other"]);
    several["azp"] = json!(CLIENT);
    several["amr"] = json!(["pwd", "mfa"]);
    several["email_verified"] = json!(false);
    let who = check(&sign(&one, &header("one"), &several), &keys).unwrap();
    assert_eq!((who.verified_email(), who.second_factor), (None, true));
    several["xms_edov"] = json!(1);
    let who = check(&sign(&one, &header("one"), &several), &keys).unwrap();
    assert_eq!((who.verified_email(), who.name()), (Some("ada@example.com"), Some("Ada")));
}

#[test]
fn no_algorithm_and_no_shared_secret_is_taken() {
    let one = key("one");
    let keys = Set { keys: vec![one.1.clone()] };
    for algorithm in ["none", "None", "NONE", "nOnE", ""] {
        for signature in ["", "AAAA"] {
            let forged =
                format!("{}.{}.{signature}", part(&json!({ "alg": algorithm, "kid": "one" })), part(&claims()));
            assert!(check(&forged, &keys).is_err(), "{algorithm}");
        }
    }
    // Key confusion: the public key, which everybody has, as the secret of an HMAC.
    let modulus = serde_json::to_value(&one.1).unwrap()["n"].as_str().unwrap().to_owned();
    for secret in [modulus.as_bytes(), &URL_SAFE_NO_PAD.decode(&modulus).unwrap()] {
        for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
            let header = Header { kid: Some("one".into()), ..Header::new(algorithm) };
            let forged = jsonwebtoken::encode(&header, &claims(), &EncodingKey::from_secret(secret)).unwrap();
            assert_eq!(check(&forged, &keys).unwrap_err(), TokenRefused::Header);
        }
    }
}

#[test]
fn only_a_key_that_the_issuer_publishes_signs() {
    let (one, other) = (key("one"), key("one"));
    let keys = Set { keys: vec![one.1.clone()] };
    assert_eq!(check(&sign(&other, &header("one"), &claims()), &keys).unwrap_err(), TokenRefused::Signature);
    assert_eq!(check(&sign(&one, &header("two"), &claims()), &keys).unwrap_err(), TokenRefused::Key);
    // A key that the token brings along, or says where to fetch.
    let brought = Header { jwk: Some(other.1.clone()), ..header("one") };
    assert_eq!(check(&sign(&other, &brought, &claims()), &keys).unwrap_err(), TokenRefused::Signature);
    let fetched = Header { jku: Some("https://evil.example.com/jwks".into()), ..header("one") };
    assert_eq!(check(&sign(&other, &fetched, &claims()), &keys).unwrap_err(), TokenRefused::Signature);
    // Without a name only the one key there is will do.
    let nameless = Header::new(Algorithm::RS256);
    assert!(check(&sign(&one, &nameless, &claims()), &keys).is_ok());
    let two = Set { keys: vec![one.1.clone(), key("two").1] };
    assert_eq!(check(&sign(&one, &nameless, &claims()), &two).unwrap_err(), TokenRefused::Key);
    let good = sign(&one, &header("one"), &claims());
    let (head, _) = good.rsplit_once('.').unwrap();
    assert!(check(&format!("{head}."), &keys).is_err() && check(head, &keys).is_err() && check("", &keys).is_err());
}

#[test]
fn it_is_for_us_for_this_sign_in_and_of_this_time() {
    let one = key("one");
    let keys = Set { keys: vec![one.1.clone()] };
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut claims = claims();
        change(&mut claims);
        check(&sign(&one, &header("one"), &claims), &keys).unwrap_err()
    };
    for (name, value) in [
        ("iss", json!("https://login.example.com/")),
        ("iss", json!("https://evil.example.com")),
        ("aud", json!("another")),
        ("aud", json!([CLIENT, "another"])),
        ("azp", json!("another")),
        ("nonce", json!("another")),
        ("nonce", Value::Null),
        ("sub", json!("")),
    ] {
        assert!(matches!(refused(&|claims| claims[name] = value.clone()), TokenRefused::NotForUs(_)), "{name}");
    }
    for (name, value) in [("exp", NOW - 60), ("iat", NOW + 61), ("iat", NOW - 601)] {
        assert_eq!(refused(&|claims| claims[name] = json!(value)), TokenRefused::Time, "{name} {value}");
    }
}
