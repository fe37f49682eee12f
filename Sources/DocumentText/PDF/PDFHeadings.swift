/// Recognizes the headings of a PDF by the size and weight of their type, by the document's outline, and where all type
/// is the same, by their isolation.
struct PDFHeadings {
    private let outline: [String: Int]
    private let bodySize: Double
    private let isBodyBold: Bool
    /// The sizes of headings that are larger than the text, the largest first.
    private var sizes: [Int] = []
    private var hasMarkedHeadings = false

    private static let maximumWords = 16

    /// Analyzes the text of a document.
    ///
    /// - Parameters:
    ///   - blocks: The blocks outside tables with borders.
    ///   - cells: The lines of those tables, which are not headings.
    ///   - outline: The level of each title of the outline.
    init(_ blocks: [PDFBlock], cells: [PDFLine], outline: [String: Int]) {
        self.outline = outline
        var letters: [Int: Int] = [:]
        var boldLetters = 0
        var allLetters = 0
        for line in blocks.flatMap(\.lines) + cells {
            let count = line.text.utf8.count
            letters[Int((line.size * 2).rounded()), default: 0] += count
            allLetters += count
            if line.isBold { boldLetters += count }
        }
        bodySize = letters.max { ($0.value, -$0.key) < ($1.value, -$1.key) }.map { Double($0.key) / 2 } ?? 0
        isBodyBold = boldLetters * 2 > allLetters
        for block in blocks where isShort(block) {
            if isLarge(block) { sizes.append(Int(block.size.rounded())) }
            if isLarge(block) || isSetApart(block) { hasMarkedHeadings = true }
        }
        sizes = Set(sizes).sorted(by: >)
    }

    /// The level of a heading; nil if a block is not one.
    ///
    /// - Parameters:
    ///   - block: The block.
    ///   - next: The part that follows; nil at the end of the document.
    ///   - isFirst: Whether the block is the first one.
    /// - Returns: The level, starting at 1.
    func level(of block: PDFBlock, next: PDFLayout.Part?, isFirst: Bool) -> Int? {
        guard isShort(block), let next else { return nil }
        let line = LayoutLine(block.text[...])
        guard !line.isContentsEntry else { return nil }
        if let level = outline[block.text] { return level }
        let isBullet = line.listItem.map { $0.number == nil } ?? false
        guard !isBullet else { return nil }
        if isLarge(block) {
            return min((sizes.firstIndex(of: Int(block.size.rounded())) ?? sizes.count) + 1, 5)
        }
        if isSetApart(block) { return min(sizes.count + 1, 6) }
        guard block.lines.count == 1 else { return nil }
        if let depth = line.headingNumberDepth, !Self.isNumbered(next) { return min(depth + 1, 6) }
        guard !hasMarkedHeadings, line.listItem == nil, line.looksLikeHeading, !Self.goesOn(next) else { return nil }
        return isFirst ? 1 : 2
    }

    private static func isNumbered(_ part: PDFLayout.Part) -> Bool {
        guard case .text(let block) = part else { return false }
        return LayoutLine((block.lines.first?.text ?? "")[...]).headingNumberDepth != nil
    }

    /// Whether a part continues a sentence.
    private static func goesOn(_ part: PDFLayout.Part) -> Bool {
        guard case .text(let block) = part else { return false }
        return block.lines.first?.text.first?.isLowercase == true
    }

    private func isShort(_ block: PDFBlock) -> Bool {
        guard block.lines.count <= 3 else { return false }
        let text = block.text
        return block.wordCount <= Self.maximumWords && text.utf8.count <= 200 && text.contains(where: \.isLetter)
            && text.last.map { !".;,".contains($0) } == true && text.first?.isLowercase == false
    }

    private func isLarge(_ block: PDFBlock) -> Bool {
        block.size >= bodySize * 1.12 && block.size >= bodySize + 0.9
    }

    private func isSetApart(_ block: PDFBlock) -> Bool {
        block.isBold && !isBodyBold && block.size >= bodySize * 0.9
    }
}
