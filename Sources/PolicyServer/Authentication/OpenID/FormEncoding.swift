internal import FoundationEssentials
internal import HTTPClient

extension String {
    /// Returns the URL with fields added to its query.
    func adding(_ fields: [(String, String)]) -> String {
        "\(self)\(contains("?") ? "&" : "?")\(fields.formEncoded)"
    }
}

extension [(String, String)] {
    /// The fields as `application/x-www-form-urlencoded`.
    var formEncoded: String { map { "\($0.percentEncoded())=\($1.percentEncoded())" }.joined(separator: "&") }
}

extension Data {
    /// The bytes in the URL-safe alphabet of base64 without padding (RFC 4648, section 5).
    var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
