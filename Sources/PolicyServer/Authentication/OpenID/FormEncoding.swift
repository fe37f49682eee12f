internal import FoundationEssentials
internal import PolicyAssistant

extension String {
    /// The text as a name or value of `application/x-www-form-urlencoded`.
    var formEncoded: String {
        var text = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                text += "%" + CollectionOfOne(byte).hexadecimal.uppercased()
            }
        }
        return text
    }

    /// Returns the URL with fields added to its query.
    func adding(_ fields: [(String, String)]) -> String {
        "\(self)\(contains("?") ? "&" : "?")\(fields.formEncoded)"
    }
}

extension [(String, String)] {
    /// The fields as `application/x-www-form-urlencoded`.
    var formEncoded: String { map { "\($0.formEncoded)=\($1.formEncoded)" }.joined(separator: "&") }
}

extension Data {
    /// The bytes in the URL-safe alphabet of base64 without padding (RFC 4648, section 5).
    var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
