internal import HTTPTypes
internal import Hummingbird

extension Request {
    /// Whether the caller asks for a media type by name.
    func accepts(_ mediaType: String) -> Bool {
        headers[.accept]?.lowercased().contains(mediaType) ?? false
    }

    /// Whether the caller has the content with a tag already and says so by `if-none-match`.
    func knows(_ entityTag: String) -> Bool {
        headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }.contains { tag in
            let tag = tag.trimmingPrefix(while: \.isWhitespace)
            return tag.trimmingPrefix("W/").prefix { !$0.isWhitespace } == entityTag[...] || tag == "*"
        }
    }

    /// The range of some content that is asked for.
    ///
    /// A `range` that RFC 9110 lets a server ignore is ignored: one of another unit, one that is malformed, more ranges
    /// than one, and one for which `if-range` names other content than the present.
    ///
    /// - Parameters:
    ///   - length: How many bytes the content has.
    ///   - entityTag: The tag of the content.
    /// - Returns: The range; of the whole content if no part of it is asked for, or none that is served.
    func range(in length: Int, of entityTag: String) -> ByteRange {
        guard method == .get, let value = headers[.range] else { return .whole }
        if let condition = headers[.ifRange], condition != entityTag { return .whole }
        return ByteRange(value, length: length)
    }
}

/// A part of some content that a `range` field asks for (RFC 9110, section 14).
enum ByteRange: Hashable {
    /// All of it: no part is asked for, or none that is served.
    case whole
    /// Some of it.
    case part(Range<Int>)
    /// A part that the content does not have.
    case unsatisfiable

    /// Reads a field such as `bytes=0-99`, `bytes=100-` or `bytes=-100`.
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

    /// A position, which may be left out; nil if the text is neither.
    private static func position(_ text: Substring) -> Int?? {
        guard !text.isEmpty else { return .some(nil) }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        // A position beyond any content is like one just beyond.
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
