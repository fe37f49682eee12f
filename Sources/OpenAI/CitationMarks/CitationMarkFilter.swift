/// Takes citation marks out of a text that comes in pieces, wherever the pieces end.
///
/// Models mark what they lean on inside the text, in several forms:
///
/// | form | example |
/// |---|---|
/// | brackets with a dagger, or with references | `【4:0†leave.md】`, `【turn0file1】` |
/// | private-use characters around a kind and references | `U+E200 filecite U+E202 turn0file1 U+E201` |
/// | a file's ID between bars, as OGX asks its models for | `<\|file-abc\|>` |
///
/// The private-use characters U+E200 to U+E206 are taken out wherever they stand, since no reader has a glyph for them;
/// the text between U+E203 and U+E204, which is what a mark belongs to, stays. A mark whose end never comes loses its
/// private-use characters, its kind and its references; whatever else it holds is text. Other text in brackets stays,
/// such as `【重要】`.
///
/// Any division of a text into pieces gives the same text. The time taken grows with the text's length, and at most 2,000
/// Unicode scalars are held back.
public struct CitationMarkFilter: Sendable {
    private var privateUse = PrivateUseMarkFilter()
    private var fileIDs = FileIDMarkFilter()
    private var brackets = BracketMarkFilter()
    /// How many scalars have come.
    private var read = 0
    /// How many scalars have been returned.
    private var returned = 0
    /// The place in the text as it came of the scalar that would come next if none were taken out.
    private var expected = 0
    /// What was taken out, in order.
    private(set) var gaps: [Gap] = []

    /// A stretch of the text as it came that was taken out.
    struct Gap: Sendable, Equatable {
        /// Where it stood in the text as it came.
        var range: Range<Int>
        /// How many scalars of the clean text come before it.
        var cleanPlace: Int
    }

    /// Creates a filter for the beginning of a text.
    public init() {}

    /// Returns the text without marks.
    public static func clean(_ text: String) -> String {
        var filter = CitationMarkFilter()
        return filter.feed(text) + filter.finish()
    }

    /// Returns what is certain to be text, of what was held back and this.
    public mutating func feed(_ piece: String) -> String {
        let scalars = piece.unicodeScalars
        guard !isIdle || scalars.contains(where: \.beginsMark) else {
            let count = scalars.count
            read += count
            expected += count
            returned += count
            return piece
        }
        var placed: [PlacedScalar] = []
        for scalar in scalars {
            placed.append(PlacedScalar(scalar: scalar, place: read))
            read += 1
        }
        return text(of: brackets.feed(fileIDs.feed(privateUse.feed(placed))))
    }

    /// Returns what of the held text is no mark, since nothing more comes.
    public mutating func finish() -> String {
        let rest = fileIDs.feed(privateUse.finish()) + fileIDs.finish()
        let text = text(of: brackets.feed(rest) + brackets.finish())
        if expected < read {
            noteGap(before: read)
            expected = read
        }
        return text
    }

    /// How many scalars of the clean text come before a place of the text as it came.
    ///
    /// A place within a mark is the mark's. A place beyond what has come so far is as far beyond the clean text's end.
    public func cleanIndex(of index: Int) -> Int {
        guard index < expected else { return returned + max(0, index - read) }
        var (low, high) = (0, gaps.count)
        while low < high {
            let middle = (low + high) / 2
            if gaps[middle].range.lowerBound <= index { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return max(0, index) }
        let gap = gaps[low - 1]
        return gap.cleanPlace + max(0, index - gap.range.upperBound)
    }

    private var isIdle: Bool { privateUse.isIdle && fileIDs.isIdle && brackets.isIdle && expected == read }

    private mutating func text(of placed: [PlacedScalar]) -> String {
        var text = String.UnicodeScalarView()
        for element in placed {
            noteGap(before: element.place)
            text.append(element.scalar)
            expected = element.place + 1
            returned += 1
        }
        return String(text)
    }

    private mutating func noteGap(before place: Int) {
        guard place > expected else { return }
        gaps.append(Gap(range: expected..<place, cleanPlace: returned))
    }
}

/// A Unicode scalar and its place in the text as it came.
struct PlacedScalar: Sendable {
    let scalar: Unicode.Scalar
    let place: Int
}

extension Unicode.Scalar {
    /// Whether a mark, or a character that never stays, begins with this.
    fileprivate var beginsMark: Bool { self == "【" || self == "<" || isMarkControl }

    /// Whether it is one of the private-use characters that models write around marks.
    var isMarkControl: Bool { (0xE200...0xE206).contains(value) }
}
