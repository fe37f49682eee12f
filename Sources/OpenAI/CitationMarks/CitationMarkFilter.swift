/// Removes citation marks from a text that arrives in pieces, wherever the pieces end.
///
/// Models write citations into the text in several forms:
///
/// | form | example |
/// |---|---|
/// | brackets with a dagger, or with references | `【4:0†leave.md】`, `【turn0file1】` |
/// | private-use characters around a kind and references | `U+E200 filecite U+E202 turn0file1 U+E201` |
/// | a file's ID between bars, as OGX asks its models for | `<\|file-abc\|>` |
///
/// The private-use characters U+E200 to U+E206 are removed everywhere, since fonts have no glyph for them; the text
/// between U+E203 and U+E204, to which a mark belongs, is kept. Of a mark without an end, the private-use characters,
/// the kind and the references are removed, and the rest is text. Other text in brackets is kept, such as `【重要】`.
///
/// The result does not depend on how the text is divided. The time is linear in the text's length, and at most 2,000
/// Unicode scalars are held back.
public struct CitationMarkFilter: Sendable {
    private var privateUse = PrivateUseMarkFilter()
    private var fileIDs = FileIDMarkFilter()
    private var brackets = BracketMarkFilter()
    /// How many scalars were fed.
    private var read = 0
    /// How many scalars were returned.
    private var returned = 0
    /// The position in the original text of the next scalar to return, unless a mark is removed before it.
    private var expected = 0
    /// The removed ranges, in order.
    private(set) var gaps: [Gap] = []

    /// A removed range of the original text.
    struct Gap: Sendable, Equatable {
        /// The range in the original text.
        var range: Range<Int>
        /// Its position in the clean text.
        var cleanPosition: Int
    }

    /// Creates a filter at a text's start.
    public init() {}

    /// Returns a text without its citation marks.
    public static func clean(_ text: String) -> String {
        var filter = CitationMarkFilter()
        return filter.feed(text) + filter.finish()
    }

    /// Takes the next piece; returns the text up to what may still become a mark.
    public mutating func feed(_ piece: String) -> String {
        let scalars = piece.unicodeScalars
        guard !isIdle || scalars.contains(where: \.beginsMark) else {
            let count = scalars.count
            read += count
            expected += count
            returned += count
            return piece
        }
        var placed: [PositionedScalar] = []
        for scalar in scalars {
            placed.append(PositionedScalar(scalar: scalar, position: read))
            read += 1
        }
        return text(of: brackets.feed(fileIDs.feed(privateUse.feed(placed))))
    }

    /// Returns the rest of the text after the last piece.
    public mutating func finish() -> String {
        let rest = fileIDs.feed(privateUse.finish()) + fileIDs.finish()
        let text = text(of: brackets.feed(rest) + brackets.finish())
        if expected < read {
            recordGap(before: read)
            expected = read
        }
        return text
    }

    /// Translates a position of the original text, in Unicode scalars, into one of the clean text.
    ///
    /// A position within a mark becomes the mark's own. A position beyond the end of what was fed becomes one as far
    /// beyond the clean text's end.
    public func cleanIndex(of index: Int) -> Int {
        guard index < expected else { return returned + max(0, index - read) }
        var (low, high) = (0, gaps.count)
        while low < high {
            let middle = (low + high) / 2
            if gaps[middle].range.lowerBound <= index { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return max(0, index) }
        let gap = gaps[low - 1]
        return gap.cleanPosition + max(0, index - gap.range.upperBound)
    }

    private var isIdle: Bool { privateUse.isIdle && fileIDs.isIdle && brackets.isIdle && expected == read }

    private mutating func text(of placed: [PositionedScalar]) -> String {
        var text = String.UnicodeScalarView()
        for element in placed {
            recordGap(before: element.position)
            text.append(element.scalar)
            expected = element.position + 1
            returned += 1
        }
        return String(text)
    }

    private mutating func recordGap(before position: Int) {
        guard position > expected else { return }
        gaps.append(Gap(range: expected..<position, cleanPosition: returned))
    }
}

/// A Unicode scalar and its position in the original text.
struct PositionedScalar: Sendable {
    let scalar: Unicode.Scalar
    let position: Int
}

extension Unicode.Scalar {
    /// Whether a mark may start with the scalar, or it is always removed.
    fileprivate var beginsMark: Bool { self == "【" || self == "<" || isMarkControl }

    /// Whether it is one of the private-use characters that delimit marks.
    var isMarkControl: Bool { (0xE200...0xE206).contains(value) }
}
