//! Discovery documents that lead where they should not.

use autolytiq_oidc::{Client, Guard, OidcError};
use axum::Router;
use axum::response::Redirect;
use axum::routing::get;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// A server on this machine that answers discovery; `{self}` in the document is its address.
#[expect(clippy::disallowed_methods, reason = "it ends with the test")]
async fn serve(document: Value) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let body = document.to_string().replace("{self}", &issuer);
    let app = Router::new().route("/.well-known/openid-configuration", get(move || async move { body })).route(
        "/moved/.well-known/openid-configuration",
        get(|| async { Redirect::temporary("/.well-known/openid-configuration") }),
    );
    tokio::spawn(async move { axum::serve(listener, app).await });
    issuer
}

fn document() -> Value {
    json!({ "issuer": "{self}", "authorization_endpoint": "{self}/authorize", "token_endpoint": "{self}/token",
            "jwks_uri": "{self}/jwks" })
}

async fn discover(guard: Guard, issuer: &str) -> Result<(), OidcError> {
    Client::new(guard).unwrap().discover(issuer).await.map(|_| ())
}

#[tokio::test]
async fn a_provider_on_this_machine_needs_the_operators_word() {
    let issuer = serve(document()).await;
    discover(Guard::with_private_network(), &issuer).await.unwrap();
    assert!(matches!(discover(Guard::public(), &issuer).await, Err(OidcError::Address(_))));
    // A name is looked at where it leads, whatever it is called.
    let port = issuer.rsplit_once(':').unwrap().1;
    assert!(discover(Guard::public(), &format!("https://localhost:{port}")).await.is_err());
}

#[tokio::test]
async fn a_document_leads_nowhere_else() {
    for (name, value) in [
        ("issuer", "https://login.example.com"),
        ("token_endpoint", "http://169.254.169.254/latest/meta-data"),
        ("jwks_uri", "https://169.254.1.1/jwks"),
        ("authorization_endpoint", "javascript:alert(1)"),
        ("end_session_endpoint", "http://192.168.0.1/logout"),
        ("userinfo_endpoint", "http://10.0.0.1/me"),
    ] {
        let mut wrong = document();
        wrong[name] = json!(value);
        let issuer = serve(wrong).await;
        assert!(discover(Guard::with_private_network(), &issuer).await.is_err(), "{name}");
    }
    let issuer = serve(document()).await;
    let moved = discover(Guard::with_private_network(), &format!("{issuer}/moved")).await;
    assert!(matches!(moved, Err(OidcError::Refused(status)) if status.is_redirection()), "no redirect is followed");
    let mut long = document();
    long["padding"] = json!("x".repeat(300 * 1024));
    let issuer = serve(long).await;
    assert!(matches!(discover(Guard::with_private_network(), &issuer).await, Err(OidcError::Answer(_))));
}
