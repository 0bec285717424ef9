//! Requests to a provider.

use std::time::Duration;

use futures::StreamExt;
use jsonwebtoken::jwk::JwkSet;
use reqwest::redirect::Policy;
use reqwest::{RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use crate::guard::{Guard, Refused};
use crate::id_token::{Expected, Identity, TokenRefused, verifies, verify};
use crate::pkce;

/// How long a provider may take for one answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// The largest answer that is read.
const MOST_BYTES: usize = 256 * 1024;

/// Why signing in with a provider does not work.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// An address that is not asked.
    #[error("{0}")]
    Address(#[from] Refused),
    /// The provider does not answer.
    #[error("the provider does not answer")]
    Away(#[source] reqwest::Error),
    /// It answers, and not as the standard says.
    #[error("the provider's answer cannot be used: {0}")]
    Answer(&'static str),
    /// It refused the code.
    #[error("the provider refused the sign-in: {0}")]
    Refused(StatusCode),
    /// Its token is not good.
    #[error("the provider's ID token is refused: {0}")]
    Token(#[from] TokenRefused),
}

/// How we show the provider who we are.
#[derive(Debug)]
pub struct ClientAuth<'a> {
    /// Our name there.
    pub client_id: &'a str,
    /// The secret; a public client has none, and PKCE alone.
    pub secret: Option<&'a SecretString>,
    /// Where the provider sends the browser back to.
    pub redirect_uri: &'a str,
}

/// A provider, as its discovery document describes it (OpenID Connect Discovery 1.0, section 3).
#[derive(Debug, Clone, Deserialize)]
pub struct Provider {
    /// Its own name, letter for letter.
    pub issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    jwks_uri: Url,
    userinfo_endpoint: Option<Url>,
    /// Where a browser is sent to end the session there too.
    pub end_session_endpoint: Option<Url>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
    #[serde(default)]
    scopes_supported: Vec<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// What a provider is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Comes back with the browser.
    pub state: &'a str,
    /// Comes back in the ID token.
    pub nonce: &'a str,
    /// Its challenge goes with the browser, itself with the code.
    pub verifier: &'a str,
    /// A claim that is hoped for.
    pub claim: Option<&'a str>,
}

/// What a provider sent the browser back with.
#[derive(Debug, Clone, Copy)]
pub struct Returned<'a> {
    /// What the tokens are given for.
    pub code: &'a str,
    /// What proves that we asked for it.
    pub verifier: &'a str,
    /// Who says that it gave the code (RFC 9207), if anybody.
    pub issuer: Option<&'a str>,
}

/// A client of any number of providers.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    guard: Guard,
}

impl Client {
    /// A client that reaches what the guard allows.
    ///
    /// # Errors
    /// When the system's TLS cannot be set up.
    pub fn new(guard: Guard) -> Result<Self, OidcError> {
        let http = reqwest::Client::builder()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .dns_resolver(guard)
            .no_proxy()
            .user_agent("Autolytiq")
            .build()
            .map_err(OidcError::Away)?;
        Ok(Self { http, guard })
    }

    /// Reads what a provider says of itself, and sees that all of it may be used.
    ///
    /// # Errors
    /// [`OidcError`].
    pub async fn discover(&self, issuer: &str) -> Result<Provider, OidcError> {
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let address: Url = address.parse().map_err(|_| OidcError::Answer("the issuer is no address"))?;
        let provider: Provider = self.read(&address, self.http.get(address.clone())).await?;
        if provider.issuer != issuer {
            return Err(OidcError::Answer("it calls itself by another issuer"));
        }
        let needed = [&provider.authorization_endpoint, &provider.token_endpoint, &provider.jwks_uri];
        let others = [&provider.userinfo_endpoint, &provider.end_session_endpoint];
        for endpoint in needed.into_iter().chain(others.into_iter().flatten()) {
            self.guard.check(endpoint)?;
        }
        Ok(provider)
    }

    /// The keys a provider signs with at this moment. They are asked for at every sign-in, so a provider that changes its
    /// keys is followed at once. Keys of kinds that nobody here knows are left out.
    ///
    /// # Errors
    /// [`OidcError`].
    pub async fn keys(&self, provider: &Provider) -> Result<JwkSet, OidcError> {
        #[derive(Deserialize)]
        struct Published {
            keys: Vec<Value>,
        }
        let published: Published = self.read(&provider.jwks_uri, self.http.get(provider.jwks_uri.clone())).await?;
        let known = published.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok());
        Ok(JwkSet { keys: known.filter(verifies).collect() })
    }

    /// Exchanges a code and verifies the ID token that comes for it.
    ///
    /// # Errors
    /// [`OidcError`].
    pub async fn identify(
        &self,
        provider: &Provider,
        auth: &ClientAuth<'_>,
        returned: &Returned<'_>,
        expected: &Expected<'_>,
    ) -> Result<Identity, OidcError> {
        #[derive(Deserialize)]
        struct Tokens {
            id_token: String,
            access_token: Option<String>,
        }
        // A code of another provider is not shown to this one.
        let named = match returned.issuer {
            Some(issuer) => issuer == provider.issuer,
            None => !provider.authorization_response_iss_parameter_supported,
        };
        if !named {
            return Err(OidcError::Answer("the code comes from another provider"));
        }
        let keys = self.keys(provider).await?;
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", returned.code),
            ("redirect_uri", auth.redirect_uri),
            ("code_verifier", returned.verifier),
        ];
        let mut request = self.http.post(provider.token_endpoint.clone());
        match auth.secret {
            Some(secret) if provider.takes_basic() => {
                // RFC 6749, section 2.3.1: both are form-encoded before they become a header.
                let encoded = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
                request = request.basic_auth(encoded(auth.client_id), Some(encoded(secret.expose_secret())));
            }
            Some(secret) => form.extend([("client_id", auth.client_id), ("client_secret", secret.expose_secret())]),
            None => form.push(("client_id", auth.client_id)),
        }
        let tokens: Tokens = self.read(&provider.token_endpoint, request.form(&form)).await?;
        let mut identity = verify(&tokens.id_token, &keys, expected)?;
        if let (false, Some(endpoint), Some(token)) =
            (identity.tells_email(), &provider.userinfo_endpoint, &tokens.access_token)
        {
            let request = self.http.get(endpoint.clone()).bearer_auth(token);
            identity.complete(self.read(endpoint, request).await?)?;
        }
        Ok(identity)
    }

    async fn read<T: DeserializeOwned>(&self, url: &Url, request: RequestBuilder) -> Result<T, OidcError> {
        self.guard.check(url)?;
        let response = request.header("accept", "application/json").send().await.map_err(OidcError::Away)?;
        if !response.status().is_success() {
            return Err(OidcError::Refused(response.status()));
        }
        let (mut body, mut pieces) = (Vec::new(), response.bytes_stream());
        while let Some(piece) = pieces.next().await {
            body.extend_from_slice(&piece.map_err(OidcError::Away)?);
            if body.len() > MOST_BYTES {
                return Err(OidcError::Answer("it is too long"));
            }
        }
        serde_json::from_slice(&body).map_err(|_| OidcError::Answer("it is not what the standard says"))
    }
}

impl Provider {
    /// Where to send the browser. A claim that people's roles come from may have a scope of its name, which is asked for.
    #[must_use]
    pub fn authorization(&self, auth: &ClientAuth<'_>, asked: &Asked<'_>) -> Url {
        let mut scope = "openid email profile".to_owned();
        if let Some(claim) = asked.claim.filter(|claim| self.scopes_supported.iter().any(|scope| scope == claim)) {
            scope.push(' ');
            scope.push_str(claim);
        }
        let mut url = self.authorization_endpoint.clone();
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", auth.client_id)
            .append_pair("redirect_uri", auth.redirect_uri)
            .append_pair("scope", &scope)
            .append_pair("state", asked.state)
            .append_pair("nonce", asked.nonce)
            .append_pair("code_challenge", &pkce::challenge(asked.verifier))
            .append_pair("code_challenge_method", "S256");
        url
    }

    /// The host that people are sent to.
    #[must_use]
    pub fn sign_in_host(&self) -> &str {
        self.authorization_endpoint.host_str().unwrap_or_default()
    }

    /// A provider that says nothing takes the client's name and secret as a header.
    fn takes_basic(&self) -> bool {
        let methods = &self.token_endpoint_auth_methods_supported;
        methods.is_empty() || methods.iter().any(|method| method == "client_secret_basic")
    }
}
