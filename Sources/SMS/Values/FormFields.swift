internal import HTTPClient

/// The fields of a form (`application/x-www-form-urlencoded`), in their order; a name may occur several times.
public struct FormFields: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// The names and values, decoded.
    public private(set) var pairs: [Pair] = []

    /// A name and its value.
    public struct Pair: Sendable, Hashable {
        /// The name.
        public var name: String
        /// The value.
        public var value: String
    }

    /// Creates fields.
    public init(_ pairs: some Sequence<(key: String, value: String)>) {
        self.pairs = pairs.map { Pair(name: $0.key, value: $0.value) }
    }

    /// Creates fields.
    public init(dictionaryLiteral pairs: (String, String)...) {
        self.pairs = pairs.map { Pair(name: $0.0, value: $0.1) }
    }

    /// Reads a form; nil if a percent sign is not followed by two hexadecimal digits, or if a text is not UTF-8.
    init?(form: some Sequence<UInt8>) {
        for field in Array(form).split(separator: UInt8(ascii: "&")) {
            let parts = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), let value = Self.decoded(parts.count > 1 ? parts[1] : []) else {
                return nil
            }
            pairs.append(Pair(name: name, value: value))
        }
    }

    /// The fields as a form.
    public var form: [UInt8] {
        Array(pairs.map { "\($0.name.percentEncoded())=\($0.value.percentEncoded())" }.joined(separator: "&").utf8)
    }

    /// Appends a field.
    public mutating func append(_ name: String, _ value: String) {
        pairs.append(Pair(name: name, value: value))
    }

    /// The first value of a name; nil if there is none.
    public subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        var (decoded, rest) = ([UInt8](), bytes)
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = [rest.popFirst(), rest.popFirst()].map { byte in
                    byte.flatMap { Character(UnicodeScalar($0)).hexDigitValue }
                }
                guard let high = digits[0], let low = digits[1] else { return nil }
                decoded.append(UInt8(high << 4 | low))
            default: decoded.append(byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }
}
