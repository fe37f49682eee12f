internal import DocumentText

/// Cuts a document into passages that can be found and understood alone.
///
/// A passage holds text under one heading only, about 80 to 180 words of it where there is so much. It ends between
/// sentences, list items or rows, and not right after the words that lead into a list; they stand as a heading above what is
/// cut off that list. Only a "sentence" that is longer
/// than a passage is cut, between words where it has any.
enum PassageSplitter {
    /// The maximum number of words in a passage.
    static let maximumWords = 180
    /// What has no blanks counts as a word for each so many bytes.
    private static let bytesOfWord = 24

    /// A heading of more bytes than this is shortened above its passages, and is also a passage of its own.
    static let longestHeading = 200
    /// No more headings than this are kept above a passage, the innermost of them.
    private static let maximumHeadings = 8

    /// The passages of a document, in reading order; each sentence of it is in exactly one.
    ///
    /// - Throws: `ExtractionError` if they are more, or have more bytes with their headings, than the limits allow.
    static func passages(
        of document: ExtractedDocument,
        limits: ExtractionLimits = .standard
    ) throws(ExtractionError) -> [Passage] {
        var passages = PassageCollector(limits: limits)
        var path = HeadingPath()
        var section = Section()
        for block in document.blocks {
            if case .heading(let level, let text) = block {
                let ended = section.passages(under: path)
                try passages.append(ended)
                if ended.isEmpty, let lost = path.lastIfClosed(by: level) { try passages.append([lost]) }
                section = Section()
                path.enter(text.shortened(toBytes: longestHeading), level: level)
                if text.utf8.count > longestHeading { section.append(.paragraph(text)) }
            } else {
                section.append(block)
            }
        }
        let ended = section.passages(under: path)
        try passages.append(ended)
        if ended.isEmpty, let lost = path.lastIfClosed(by: 0) { try passages.append([lost]) }
        return passages.all
    }

    /// Collects passages within limits.
    private struct PassageCollector {
        private(set) var all: [Passage] = []
        private var bytes = 0
        private let limits: ExtractionLimits

        init(limits: ExtractionLimits) {
            self.limits = limits
        }

        mutating func append(_ passages: [Passage]) throws(ExtractionError) {
            bytes += passages.reduce(0) { $0 + $1.bytes }
            guard all.count + passages.count <= limits.passages else {
                throw .invalid("The file becomes more than \(limits.passages) passages: its sections are too many.")
            }
            guard bytes <= limits.passageBytes else {
                throw .invalid(
                    "The file becomes more than \(limits.passageBytes >> 20) MB of text: "
                        + "its headings are repeated for each passage."
                )
            }
            all += passages
        }
    }

    /// The headings above a place.
    private struct HeadingPath {
        private(set) var entries: [(level: Int, text: String)] = []
        var texts: [String] { entries.suffix(PassageSplitter.maximumHeadings).map(\.text) }

        mutating func enter(_ text: String, level: Int) {
            while let last = entries.last, last.level >= level { entries.removeLast() }
            entries.append((level, text))
        }

        /// A heading with nothing under it, as a passage of its own, when a heading of the given level follows.
        func lastIfClosed(by level: Int) -> Passage? {
            guard let last = entries.last, last.level >= level else { return nil }
            return Passage(headings: texts.dropLast(), text: last.text)
        }
    }

    /// The text under one heading.
    private struct Section {
        private var pieces: [Piece] = []

        /// A piece of text that is not cut.
        private struct Piece {
            var text: String
            var size: Int
            /// Whether the piece is on a line of its own, or goes on with the one before it.
            var beginsLine: Bool
            /// Whether it is, or is part of, a list item.
            var isListItem = false
            var leadsIn: Bool { text.last == ":" }
        }

        mutating func append(_ block: ExtractedDocument.Block) {
            switch block {
            case .heading, .tableRow: append(lines: [block.text])
            case .listItem(let text): append(sentences: SentenceSplitter.sentences(of: text), mark: "- ")
            case .paragraph(let text): append(sentences: SentenceSplitter.sentences(of: text))
            case .code(let text): append(lines: text.split(separator: "\n").map { String($0) })
            }
        }

        private mutating func append(lines: [String]) {
            for line in lines { append(sentences: [line]) }
        }

        private mutating func append(sentences: [String], mark: String = "") {
            var beginsLine = true
            for sentence in sentences {
                for part in PassageSplitter.parts(of: sentence) {
                    let text = beginsLine ? mark + part : part
                    pieces.append(
                        Piece(
                            text: text,
                            size: PassageSplitter.size(of: text),
                            beginsLine: beginsLine,
                            isListItem: !mark.isEmpty
                        )
                    )
                    beginsLine = false
                }
            }
        }

        /// The pieces put together to passages of about the same length.
        func passages(under path: HeadingPath) -> [Passage] {
            guard !pieces.isEmpty else { return [] }
            let words = pieces.reduce(0) { $0 + $1.size }
            let count = (words + maximumWords - 1) / maximumWords
            let target = words / max(count, 1)
            var passages: [Passage] = []
            var current: [Piece] = []
            var length = 0
            /// What leads into the list that the current pieces are cut off.
            var lead: String?
            func end() {
                let headings = path.texts + (lead.map { [$0] } ?? [])
                passages.append(Passage(headings: headings, text: Self.text(of: current)))
                lead = current.last { !$0.isListItem }.map { $0.leadsIn ? $0.text : nil } ?? lead
            }
            for piece in pieces {
                let endsList = lead != nil && !current.isEmpty && !piece.isListItem
                if !current.isEmpty, endsList || length >= target || length + piece.size > maximumWords {
                    var held: [Piece] = []
                    if current.count > 1, let last = current.last, last.leadsIn { held = [current.removeLast()] }
                    end()
                    if !piece.isListItem || !held.isEmpty { lead = nil }
                    current = held
                    length = held.reduce(0) { $0 + $1.size }
                }
                current.append(piece)
                length += piece.size
            }
            end()
            return passages
        }

        private static func text(of pieces: [Piece]) -> String {
            pieces.reduce(into: "") { text, piece in
                if !text.isEmpty { text += piece.beginsLine ? "\n" : " " }
                text += piece.text
            }
        }
    }

    /// How many words a text has, or would have if it had blanks.
    private static func size(of text: some StringProtocol) -> Int {
        max(text.wordCount, text.utf8.count / bytesOfWord)
    }

    /// A sentence whole, or in parts if it is longer than a passage may be.
    private static func parts(of sentence: String) -> [String] {
        guard size(of: sentence) > maximumWords else { return [sentence] }
        var parts: [String] = []
        var part: [Substring] = []
        var length = 0
        for word in sentence.split(separator: " ").flatMap({ pieces(of: $0) }) {
            let size = size(of: word)
            if length + size > maximumWords {
                parts.append(part.joined(separator: " "))
                part = []
                length = 0
            }
            part.append(word)
            length += size
        }
        return parts + [part.joined(separator: " ")]
    }

    /// A word whole, or in pieces if it is none that a person wrote.
    private static func pieces(of word: Substring) -> [Substring] {
        let longest = bytesOfWord * 8
        guard word.utf8.count > longest else { return [word] }
        var pieces: [Substring] = []
        // Scalars are counted, as a single character may be made of any number of them.
        var rest = word.unicodeScalars[...]
        while !rest.isEmpty {
            pieces.append(Substring(rest.prefix(longest)))
            rest = rest.dropFirst(longest)
        }
        return pieces
    }
}
