internal import Foundation

/// A password as it is hashed and compared, by the profile OpaqueString of RFC 8265.
///
/// Keyboards write the same letters in several ways, `é` as one code point or as two, and a space as any of many.
struct OpaqueString: Sendable {
    /// The text in the one way of writing it, in UTF-8.
    let bytes: [UInt8]

    init(_ typed: String) {
        let spaced = String.UnicodeScalarView(
            typed.unicodeScalars.map { $0.properties.generalCategory == .spaceSeparator ? " " : $0 }
        )
        bytes = Array(String(spaced).precomposedStringWithCanonicalMapping.utf8)
    }
}
