//! The codes that belong to no feature: what any operation may answer.

crate::problem_codes! {
    /// The body is not JSON.
    pub const MALFORMED_JSON = 400, "malformed-json", "The body is not valid JSON";
    /// A header, the path or the request as a whole cannot be read.
    pub const BAD_REQUEST = 400, "bad-request", "The request cannot be read";
    /// No access token, or one that is not, or no longer, valid.
    pub const UNAUTHENTICATED = 401, "unauthenticated", "Sign in first";
    /// The access token's time is over; refresh it.
    pub const TOKEN_EXPIRED = 401, "token-expired", "The access token has expired";
    /// The session was ended; sign in again.
    pub const SESSION_REVOKED = 401, "session-revoked", "This session was ended";
    /// Signed in, but the role may not do this.
    pub const FORBIDDEN = 403, "forbidden", "Your role may not do this";
    /// The input names a field that the role may not set.
    pub const FIELD_FORBIDDEN = 403, "field-forbidden", "Your role may not set this field";
    /// The last proof of who one is lies too far back for this act.
    pub const CONFIRMATION_REQUIRED = 403, "confirmation-required", "Confirm that it is you";
    /// The store has switched off what the operation belongs to.
    pub const FEATURE_OFF = 403, "feature-off", "Your store has switched this off";
    /// A request that carries the refresh cookie did not come from our own pages.
    pub const CROSS_SITE = 403, "cross-site", "The request did not come from this site";
    /// Nothing here, or nothing the caller may know about.
    pub const NOT_FOUND = 404, "not-found", "There is nothing here";
    /// The path exists, with other methods.
    pub const METHOD_NOT_ALLOWED = 405, "method-not-allowed", "This path does not take this method";
    /// The state of the thing does not allow this.
    pub const CONFLICT = 409, "conflict", "The current state does not allow this";
    /// The id the client made is already taken.
    pub const ID_TAKEN = 409, "id-taken", "This id is already in use";
    /// The same request with the same Idempotency-Key is still being worked on.
    pub const IDEMPOTENCY_IN_FLIGHT = 409, "idempotency-in-flight", "The first request with this key is still running";
    /// The thing has been changed since it was read.
    pub const VERSION_CONFLICT = 412, "version-conflict", "Somebody else changed this meanwhile";
    /// The body is larger than this operation takes.
    pub const BODY_TOO_LARGE = 413, "body-too-large", "The body is too large";
    /// The body is not what this operation takes.
    pub const UNSUPPORTED_MEDIA_TYPE = 415, "unsupported-media-type", "Send application/json";
    /// The input was read, and some of it cannot be accepted.
    pub const INVALID_FIELD = 422, "invalid-field", "Some of the input cannot be accepted";
    /// The cursor of a list does not come from this list.
    pub const INVALID_CURSOR = 422, "invalid-cursor", "This cursor belongs to no list";
    /// The Idempotency-Key was used before for another request.
    pub const IDEMPOTENCY_MISMATCH = 422, "idempotency-mismatch", "This key was used for another request";
    /// A change needs the version it is based on.
    pub const PRECONDITION_REQUIRED = 428, "precondition-required", "Send If-Match with the version you changed";
    /// Too many requests in a minute.
    pub const RATE_LIMITED = 429, "rate-limited", "Too many requests";
    /// A fault of the product.
    pub const INTERNAL = 500, "internal", "Something went wrong on our side";
    /// The answer did not begin in time; whatever was begun was rolled back.
    pub const TIMEOUT = 503, "timeout", "The answer took too long";
    /// The process that serves this does not answer the gateway.
    pub const UPSTREAM_UNAVAILABLE = 503, "upstream-unavailable", "This part of the product does not answer";
    /// The database or another part is not there at the moment.
    pub const UNAVAILABLE = 503, "unavailable", "Not available at the moment";
}
