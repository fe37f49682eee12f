internal import HTTPTypes

extension HTTPField.Name {
    /// The request's ID, in requests and responses.
    static let requestID = HTTPField.Name(verified: "x-request-id")

    /// Creates a name from a string that is known to be a valid one.
    init(verified name: String) {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is not a field name") }
        self = name
    }
}

extension UInt8 {
    /// Whether this is an ASCII letter, a digit, or one of `-`, `_` and `.`.
    var isUnreserved: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default:
            false
        }
    }
}
