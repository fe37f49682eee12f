/// The name of a field, which is compared with literals in place, without a string, as the cases of a `switch`.
public struct JSONName: Sendable {
    /// The name in UTF-8, without escapes.
    private let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    /// The name as a string.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether the name is that of a literal.
    public static func ~= (literal: StaticString, name: JSONName) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard count == name.bytes.count else { return false }
        return unsafe name.bytes.elementsEqual(UnsafeBufferPointer(start: literal.utf8Start, count: count))
    }
}
