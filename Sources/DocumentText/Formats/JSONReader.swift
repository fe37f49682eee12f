/// Reads JSON as lines such as `leave.annual[0].days: 27`, in the file's order and with the file's figures.
///
/// The title of a record in an array is a heading above the record's other values, so that they are found by it and are not
/// taken for another record's.
///
/// It has a scanner of its own, because a decoder loses the order of keys and the digits of a number (`3.50`).
struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0
    private var document: DocumentBuilder
    let limits: ExtractionLimits
    /// The path of the current value.
    private var path = JSONPath()
    /// The number of records with titles that are open, of all so far, and of those that the last heading is for.
    private var openRecords = 0
    private var titledRecords = 0
    private var headedRecords = 0
    /// The number of values that began like an editor's text and were none.
    private var otherTrees = 0
    /// The positions of the titles of the open records, which are headings.
    private var titlePositions: Set<Int> = []

    /// The keys of a record's title.
    private static let titleKeys: Set<String> = ["title", "name", "heading", "label", "question", "subject", "topic"]
    /// The maximum size of a title in bytes.
    private static let maximumTitleBytes = 120
    /// A title is one of a record's first values, none of which is an array or an object.
    static let maximumValuesBeforeTitle = 8
    /// The maximum number of records with a heading.
    private static let maximumTitledRecords = 10_000
    /// The maximum number of values that are read whole to find that they are no editor's text.
    private static let maximumOtherTrees = 16
    /// The maximum depth of nested values.
    private static let maximumDepth = 256
    private static let malformed = ExtractionError.invalid("The file is not valid JSON.")

    /// The document in a JSON file.
    ///
    /// - Throws: `ExtractionError` if the text is not JSON, is nested too deeply, or its text exceeds the limits.
    static func document(
        from text: String,
        limits: ExtractionLimits = .standard
    ) throws(ExtractionError) -> ExtractedDocument {
        var reader = JSONReader(bytes: Array(text.utf8), limits: limits)
        try reader.readValue(depth: 0)
        guard reader.peek() != nil else { return reader.document.document }
        var records = JSONReader(bytes: reader.bytes, limits: limits)
        try records.readRecords()
        return records.document.document
    }

    /// Reads objects that are on lines of their own, without an array around them.
    private mutating func readRecords() throws(ExtractionError) {
        if recordTitle() == nil, let table = JSONRecords.table(ofLinesFrom: &self) {
            return try table.append(to: &document)
        }
        var index = 0
        while peek() != nil {
            guard beginsRecordOnLine() else { throw Self.malformed }
            path.enter(index: index)
            try readElement(depth: 1)
            path.leave()
            index += 1
        }
    }

    /// Whether an object is next, with which its line begins.
    mutating func beginsRecordOnLine() -> Bool {
        guard peek() == UInt8(ascii: "{") else { return false }
        let before = bytes[..<position].last { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        return before.map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? true
    }

    init(bytes: [UInt8], limits: ExtractionLimits) {
        self.bytes = bytes
        self.limits = limits
        document = DocumentBuilder(limits: limits)
    }

    private mutating func readValue(depth: Int) throws(ExtractionError) {
        guard depth < Self.maximumDepth else { throw .invalid("The JSON is nested too deeply.") }
        if try readEditorText(depth: depth) { return }
        switch peek() {
        case UInt8(ascii: "{") where isRichText():
            let html = RichTextTree.html(of: try readTree(depth: depth))
            try append(try HTMLReader.document(from: html, limits: limits), hasHeadings: true)
        case UInt8(ascii: "{"):
            try readMembers(closedBy: UInt8(ascii: "}")) { reader, _ throws(ExtractionError) in
                let key = try reader.readString()
                guard reader.take(UInt8(ascii: ":")) else { throw Self.malformed }
                // A key that is too long for paths is written once.
                if key.utf8.count > JSONPath.maximumKeyBytes { try reader.document.append(.paragraph(key.onOneLine)) }
                reader.path.enter(key: key)
                try reader.readValue(depth: depth + 1)
                reader.path.leave()
            }
        case UInt8(ascii: "["):
            if try readTable() { return }
            try readMembers(closedBy: UInt8(ascii: "]")) { reader, index throws(ExtractionError) in
                reader.path.enter(index: index)
                try reader.readElement(depth: depth + 1)
                reader.path.leave()
            }
        case UInt8(ascii: "\""):
            let isTitle = titlePositions.contains(position)
            let value = try readString()
            if !isTitle { try append(value) }
        default: try append(try readLiteral())
        }
    }

    /// Reads the text of an editor; false if the value that is next is none.
    private mutating func readEditorText(depth: Int) throws(ExtractionError) -> Bool {
        guard otherTrees < Self.maximumOtherTrees, beginsLikeEditorText() else { return false }
        let start = position
        if let html = EditorText.html(of: try readTree(depth: depth)) {
            try append(try HTMLReader.document(from: html, limits: limits), hasHeadings: true)
            return true
        }
        otherTrees += 1
        position = start
        return false
    }

    /// Reads an array of records without titles as a table below its path; false if the value that is next is none.
    private mutating func readTable() throws(ExtractionError) -> Bool {
        var first = self
        guard first.take(UInt8(ascii: "[")), first.recordTitle() == nil else { return false }
        guard let table = JSONRecords.table(from: &self) else { return false }
        let path = path.text
        if path.isEmpty {
            try endRecord(before: "table")
        } else {
            try appendHeading(path, level: openRecords + 1)
            headedRecords = openRecords + 1
        }
        try table.append(to: &document)
        return true
    }

    /// Reads an element of an array, which may be a record with a title.
    private mutating func readElement(depth: Int) throws(ExtractionError) {
        guard titledRecords < Self.maximumTitledRecords, let title = recordTitle() else {
            return try readValue(depth: depth)
        }
        openRecords += 1
        titledRecords += 1
        titlePositions.insert(title.position)
        try appendHeading(title.text, level: openRecords)
        headedRecords = openRecords
        try readValue(depth: depth)
        titlePositions.remove(title.position)
        openRecords -= 1
    }

    /// The title of the record that is next, and where it begins; nil if it has none or no other value.
    private func recordTitle() -> (text: String, position: Int)? {
        var reader = self
        guard reader.take(UInt8(ascii: "{")) else { return nil }
        for index in 0..<Self.maximumValuesBeforeTitle {
            guard reader.peek() == UInt8(ascii: "\""), let key = try? reader.readString(),
                reader.take(UInt8(ascii: ":")), let next = reader.peek()
            else { return nil }
            let start = reader.position
            if next == UInt8(ascii: "\"") {
                guard let value = try? reader.readString() else { return nil }
                let text = value.onOneLine
                if Self.titleKeys.contains(key.lowercased()), !text.isEmpty, text.utf8.count <= Self.maximumTitleBytes {
                    let hasOthers = index > 0 || reader.peek() == UInt8(ascii: ",")
                    return hasOthers && !HTMLReader.isMarkup(text) ? (text, start) : nil
                }
            } else {
                guard (try? reader.readLiteral()) != nil else { return nil }
            }
            guard reader.take(UInt8(ascii: ",")) else { return nil }
        }
        return nil
    }

    /// Whether the value that is next is an editor's rich text, whose type is before its content.
    func isRichText() -> Bool {
        var reader = self
        guard reader.take(UInt8(ascii: "{")) else { return false }
        var isDocument = false
        for _ in 0..<Self.maximumValuesBeforeTitle {
            guard reader.peek() == UInt8(ascii: "\""), let key = try? reader.readString(),
                reader.take(UInt8(ascii: ":")), let next = reader.peek()
            else { return false }
            if key == "content" { return isDocument && next == UInt8(ascii: "[") }
            switch next {
            case UInt8(ascii: "\""):
                guard let value = try? reader.readString() else { return false }
                if RichTextTree.typeKeys.contains(key), RichTextTree.documentTypes.contains(value) { isDocument = true }
            case UInt8(ascii: "{"):
                // Contentful's text has empty data before its content.
                guard reader.take(next), reader.take(UInt8(ascii: "}")) else { return false }
            default: guard (try? reader.readLiteral()) != nil else { return false }
            }
            guard reader.take(UInt8(ascii: ",")) else { return false }
        }
        return false
    }

    /// Reads a value whole.
    mutating func readTree(depth: Int) throws(ExtractionError) -> JSONTree {
        guard depth < Self.maximumDepth else { throw .invalid("The JSON is nested too deeply.") }
        switch peek() {
        case UInt8(ascii: "{"):
            var members: [(key: String, value: JSONTree)] = []
            try readMembers(closedBy: UInt8(ascii: "}")) { reader, _ throws(ExtractionError) in
                let key = try reader.readString()
                guard reader.take(UInt8(ascii: ":")) else { throw Self.malformed }
                members.append((key, try reader.readTree(depth: depth + 1)))
            }
            return .object(members)
        case UInt8(ascii: "["):
            var elements: [JSONTree] = []
            try readMembers(closedBy: UInt8(ascii: "]")) { reader, _ throws(ExtractionError) in
                elements.append(try reader.readTree(depth: depth + 1))
            }
            return .array(elements)
        case UInt8(ascii: "\""): return .string(try readString())
        default: return .literal(try readLiteral())
        }
    }

    private mutating func appendHeading(_ text: String, level: Int) throws(ExtractionError) {
        try document.append(.heading(level: min(level, Self.maximumHeadingLevel), text: text))
    }

    private static let maximumHeadingLevel = 6

    private mutating func readMembers(
        closedBy closing: UInt8,
        member: (inout JSONReader, Int) throws(ExtractionError) -> Void
    ) throws(ExtractionError) {
        position += 1
        if take(closing) { return }
        var index = 0
        repeat {
            _ = peek()
            try member(&self, index)
            index += 1
        } while take(UInt8(ascii: ","))
        guard take(closing) else { throw Self.malformed }
    }

    mutating func readString() throws(ExtractionError) -> String {
        guard take(UInt8(ascii: "\"")) else { throw Self.malformed }
        var text: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\") {
                text += try readEscape().utf8
            } else {
                text.append(bytes[position])
                position += 1
            }
        }
        guard position < bytes.count else { throw Self.malformed }
        position += 1
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func readEscape() throws(ExtractionError) -> String {
        position += 2
        guard position <= bytes.count else { throw Self.malformed }
        switch bytes[position - 1] {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"), UInt8(ascii: "f"): return " "
        case UInt8(ascii: "u"): return try readCodeUnits()
        case let byte where "\"\\/".utf8.contains(byte): return String(decoding: [byte], as: UTF8.self)
        default: throw Self.malformed
        }
    }

    /// Reads the digits of `\uD83D\uDE00`, where two escapes may make one character.
    private mutating func readCodeUnits() throws(ExtractionError) -> String {
        var units = [try readCodeUnit()]
        if UTF16.isLeadSurrogate(units[0]), bytes[position...].starts(with: "\\u".utf8) {
            position += 2
            units.append(try readCodeUnit())
        }
        return String(decoding: units, as: UTF16.self)
    }

    private mutating func readCodeUnit() throws(ExtractionError) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw Self.malformed
        }
        position += 4
        return unit
    }

    /// Reads a number, `true`, `false` or `null` as it is written.
    mutating func readLiteral() throws(ExtractionError) -> String {
        let literal = bytes[position...].prefix { $0.isLetter || "+-.0123456789".utf8.contains($0) }
        let text = String(decoding: literal, as: UTF8.self)
        let isNumber = text.first.map { $0 == "-" || $0.isNumber } ?? false && Double(text) != nil
        guard isNumber || ["true", "false", "null"].contains(text) else { throw Self.malformed }
        position += literal.count
        return text
    }

    private mutating func append(_ value: String) throws(ExtractionError) {
        if let (page, hasHeadings) = try document(ofMarkup: value) {
            return try append(page, hasHeadings: hasHeadings)
        }
        try append(text: CharacterReference.decode(Array(value.utf8)[...]))
    }

    private mutating func append(text value: String) throws(ExtractionError) {
        try endRecord(before: value)
        let value = value.onOneLine
        guard !value.isEmpty, value != "null" else { return }
        try document.append(.paragraph(named(value)))
    }

    /// A text after the path of the value that it is from.
    private mutating func named(_ text: String) -> String {
        let path = path.text
        document.record(.paths, bytes: path.utf8.count)
        return path.isEmpty ? text : "\(path): \(text)"
    }

    /// Adds a heading where the last one is that of a record that has ended, which does not hold for what follows.
    private mutating func endRecord(before value: String) throws(ExtractionError) {
        guard headedRecords > openRecords, !value.isEmpty else { return }
        headedRecords = openRecords
        try appendHeading(path.text, level: openRecords + 1)
    }

    /// Adds a value that is written in a markup.
    ///
    /// - Parameters:
    ///   - page: The document of the value.
    ///   - hasHeadings: Whether its headings are kept, and its path is before what has none.
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    private mutating func append(_ page: ExtractedDocument, hasHeadings: Bool) throws(ExtractionError) {
        guard page.blocks.count > 1 || !page.tables.isEmpty else {
            return try append(text: page.blocks.first?.text ?? "")
        }
        try endRecord(before: "page")
        var page = page
        var isHeaded = false
        for index in page.blocks.indices {
            switch page.blocks[index] {
            case .heading(let level, let text) where hasHeadings:
                isHeaded = true
                let level = min(openRecords + level, Self.maximumHeadingLevel)
                page.blocks[index] = .heading(level: level, text: text)
            // The next values are not under the page's headings.
            case .heading(_, let text): page.blocks[index] = .paragraph(text)
            case .paragraph(let text) where hasHeadings && !isHeaded: page.blocks[index] = .paragraph(named(text))
            case .listItem(let text) where hasHeadings && !isHeaded: page.blocks[index] = .listItem(named(text))
            default: break
            }
        }
        if isHeaded { headedRecords = openRecords + 1 }
        try document.append(page)
    }

    private mutating func skipBlanks() {
        while position < bytes.count, bytes[position].isBlankByte { position += 1 }
    }

    /// The next byte that is not blank.
    mutating func peek() -> UInt8? {
        skipBlanks()
        return position < bytes.count ? bytes[position] : nil
    }

    /// Skips the next byte that is not blank, if it is the given one.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }
}
