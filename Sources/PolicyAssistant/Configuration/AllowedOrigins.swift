/// The web pages of other origins that may use the HTTP API from a browser.
public enum AllowedOrigins: Sendable, Hashable {
    /// Those of any origin, as long as they send no cookies.
    case any
    /// Those of these origins, each such as `https://intranet.example`.
    case listed(Set<String>)
}
