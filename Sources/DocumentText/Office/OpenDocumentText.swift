/// The content of an OpenDocument text without the sections and paragraphs that are hidden.
///
/// Present formats have no hidden sections, so that LibreOffice writes their text as any other when it converts a document.
struct OpenDocumentText {
    private let source: [UInt8]
    private var kept: [UInt8] = []
    /// The open paragraphs, with the name of each and the length of what was kept before it.
    private var paragraphs: [(name: String, start: Int)] = []
    /// The name of the hidden element, and how many elements of this name are open in it.
    private var hidden: (name: String, depth: Int)?
    private var hasHiddenText = false

    private static let paragraphNames: Set<String> = ["text:p", "text:h"]

    /// The content without hidden text; nil if it has none.
    static func visible(_ content: [UInt8]) -> [UInt8]? {
        var text = OpenDocumentText(source: content)
        text.read()
        return text.hasHiddenText && text.hidden == nil ? text.kept : nil
    }

    private init(source: [UInt8]) {
        self.source = source
    }

    private mutating func read() {
        var position = 0
        while position < source.count {
            guard source[position] == UInt8(ascii: "<"), let end = endOfTag(at: position) else {
                // All that follows a tag without an end is text.
                let next = source[(position + 1)...].firstIndex(of: UInt8(ascii: "<"))
                let end = source[position] == UInt8(ascii: "<") ? source.count : next ?? source.count
                if hidden == nil { kept += source[position..<end] }
                position = end
                continue
            }
            readTag(position..<end)
            position = end
        }
    }

    /// The index after a tag, in which `>` may be quoted; nil if it has no end.
    private func endOfTag(at start: Int) -> Int? {
        var quote: UInt8?
        for place in source[start...].indices {
            let byte = source[place]
            if byte == quote {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if quote == nil, byte == UInt8(ascii: ">") {
                return place + 1
            }
        }
        return nil
    }

    private mutating func readTag(_ range: Range<Int>) {
        let tag = String(decoding: source[range], as: UTF8.self)
        let isEnd = tag.hasPrefix("</")
        let isEmpty = tag.hasSuffix("/>")
        let name = String(tag.dropFirst(isEnd ? 2 : 1).prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" })
        if let (hiddenName, depth) = hidden {
            guard name == hiddenName, !isEmpty else { return }
            let now = depth + (isEnd ? -1 : 1)
            hidden = now > 0 ? (hiddenName, now) : nil
            return
        }
        let isHidden = !isEnd && tag.contains("text:is-hidden=\"true\"")
        if name == "text:section", isHidden || !isEnd && tag.contains("text:display=\"none\"") {
            hasHiddenText = true
            if !isEmpty { hidden = (name, 1) }
            return
        }
        if name == "text:hidden-paragraph", isHidden, let paragraph = paragraphs.popLast() {
            hasHiddenText = true
            kept.removeSubrange(paragraph.start...)
            // The rest of the paragraph.
            hidden = (paragraph.name, 1)
            return
        }
        if Self.paragraphNames.contains(name), !isEmpty {
            if isEnd {
                _ = paragraphs.popLast()
            } else {
                paragraphs.append((name, kept.count))
            }
        }
        kept += source[range]
    }
}

extension OpenDocumentText {
    /// Writes a copy of a document without its hidden text.
    ///
    /// - Parameters:
    ///   - path: The document's path.
    ///   - limits: The limits of reading it.
    ///   - folder: The folder of the copy.
    /// - Returns: The path of the copy; nil if the document has no hidden text, or is none.
    /// - Throws: `ExtractionError` if the document exceeds the limits, or the copy cannot be written.
    static func copy(
        ofVisibleTextAt path: String,
        limits: ExtractionLimits,
        in folder: WorkingFolder
    ) throws(ExtractionError) -> String? {
        guard let archive = try? ZipArchive(path: path, limits: limits),
            let content = try? archive.member("content.xml"), let visible = visible(content)
        else { return nil }
        let copy = "\(try folder.path())/visible.odt"
        try archive.copy(to: copy, replacing: "content.xml", with: visible)
        return copy
    }
}
