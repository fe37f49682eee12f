internal import HTTPTypes
internal import Hummingbird

extension Request {
    /// Returns whether the `Accept` field names a media type.
    func accepts(_ mediaType: String) -> Bool {
        headers[.accept]?.lowercased().contains(mediaType) ?? false
    }

    /// Returns whether `If-None-Match` matches an entity tag.
    func matches(_ entityTag: String) -> Bool {
        headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }.contains { tag in
            let tag = tag.trimmingPrefix(while: \.isWhitespace)
            return tag.trimmingPrefix("W/").prefix { !$0.isWhitespace } == entityTag[...] || tag == "*"
        }
    }

    /// Returns the range of the content that the `Range` field asks for.
    ///
    /// A field that RFC 9110 allows a server to ignore is ignored: one with another unit, a malformed one, one with
    /// several ranges, and one with an `If-Range` field that does not match.
    ///
    /// - Parameters:
    ///   - length: The length of the content in bytes.
    ///   - entityTag: The entity tag of the content.
    /// - Returns: The range; ``ByteRange/whole`` if there is no field, or it is ignored.
    func range(in length: Int, of entityTag: String) -> ByteRange {
        guard method == .get, let value = headers[.range] else { return .whole }
        if let condition = headers[.ifRange], condition != entityTag { return .whole }
        return ByteRange(value, length: length)
    }
}

/// The range that a `Range` field asks for (RFC 9110, section 14).
enum ByteRange: Hashable {
    /// The complete content.
    case whole
    /// A part of the content.
    case part(Range<Int>)
    /// A range that begins beyond the content.
    case unsatisfiable

    /// Parses a field such as `bytes=0-99`, `bytes=100-` or `bytes=-100`.
    init(_ field: String, length: Int) {
        let halves = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, halves[0].lowercased() == "bytes" else {
            self = .whole
            return
        }
        let bounds = halves[1].split(separator: "-", omittingEmptySubsequences: false).map {
            $0.trimming(while: { $0 == " " || $0 == "\t" })
        }
        guard bounds.count == 2, let first = Self.position(bounds[0]), let last = Self.position(bounds[1]) else {
            self = .whole
            return
        }
        switch (first, last) {
        case (nil, nil): self = .whole
        case (nil, let count?):
            self = count == 0 || length == 0 ? .unsatisfiable : .part(max(0, length - count)..<length)
        case (let first?, let last):
            if let last, last < first {
                self = .whole
            } else {
                self = first < length ? .part(first..<(min(last ?? .max, length - 1) + 1)) : .unsatisfiable
            }
        }
    }

    /// Parses an optional position; nil if the text is neither empty nor a number.
    private static func position(_ text: Substring) -> Int?? {
        guard !text.isEmpty else { return .some(nil) }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        // A number too large for `Int` is beyond any content.
        return .some(Int(text) ?? .max)
    }
}

extension Substring {
    fileprivate func trimming(while isLeftOut: (Character) -> Bool) -> Substring {
        var rest = drop(while: isLeftOut)
        while let last = rest.last, isLeftOut(last) { rest.removeLast() }
        return rest
    }
}
