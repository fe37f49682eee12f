/// The parts of a Word document that its body refers to.
struct WordParts: Sendable {
    /// The document's styles.
    var styles = WordStyles([])
    /// The document's automatic numbers.
    var numbering = WordNumbering([])
    /// The labels of list items that the text refers to.
    var labels = WordLabels()
    /// The texts of the footnotes by their IDs.
    var footnotes: [String: String] = [:]
    /// The texts of the endnotes by their IDs.
    var endnotes: [String: String] = [:]
    /// The lines of headers and footers with information.
    var pageEdges: [String] = []
    /// The embedded documents of other formats, by the IDs of their relationships.
    var chunks: [String: ExtractedDocument] = [:]
    /// The charts and diagrams, by the IDs of their relationships.
    var graphics: [String: OfficeGraphic] = [:]
}

/// Reads a Word document (.docx): its main part and the parts that it refers to.
struct WordReader: Sendable {
    /// The limits of reading.
    var limits: ExtractionLimits

    /// The maximum number of headers and footers, and of embedded documents, that are read.
    private static let maximumParts = 24

    /// The document of a .docx file.
    ///
    /// - Throws: `ExtractionError` if the file is not a Word document or exceeds the limits.
    func document(at path: String) async throws(ExtractionError) -> ExtractedDocument {
        let package = OfficePackage(archive: try ZipArchive(path: path, limits: limits))
        let main = try package.mainPart() ?? "word/document.xml"
        guard let body = try package.archive.member(main) else {
            throw .invalid("The file is not a Word document.")
        }
        let relationships = try package.relationships(of: main)
        var parts = parts(of: relationships)
        if parts.styles == nil { parts.styles = "word/styles.xml" }
        if parts.footnotes == nil { parts.footnotes = "word/footnotes.xml" }
        if parts.endnotes == nil { parts.endnotes = "word/endnotes.xml" }
        var read = WordParts()
        read.styles = WordStyles(try member(parts.styles, of: package))
        if let numbering = parts.numbering { read.numbering = WordNumbering(try member(numbering, of: package)) }
        if read.numbering.hasLabels { read.labels = WordLabels(body) }
        // Notes have the same vocabulary as the body.
        if FileBytes.contain(body, Array("footnoteReference".utf8)) {
            read.footnotes = try notes(in: parts.footnotes, of: package, read)
        }
        if FileBytes.contain(body, Array("endnoteReference".utf8)) {
            read.endnotes = try notes(in: parts.endnotes, of: package, read)
        }
        read.pageEdges = try pageEdges(parts.edges, of: package, read)
        for (id, target) in parts.chunks { read.chunks[id] = try chunk(target, of: package) }
        read.graphics = try OfficeGraphic.graphics(of: relationships, in: package, limits: limits).byID
        var parser = WordBody(read, limits: limits)
        return try parser.document(from: body)
    }

    /// The names of the parts that the main part refers to.
    private struct Names {
        var styles, numbering, footnotes, endnotes: String?
        var edges: [String] = []
        var chunks: [(id: String, target: String)] = []
    }

    private func parts(of relationships: [OfficePackage.Relationship]) -> Names {
        var names = Names()
        for relationship in relationships {
            switch relationship.kind {
            case "styles": names.styles = relationship.target
            case "numbering": names.numbering = relationship.target
            case "footnotes": names.footnotes = relationship.target
            case "endnotes": names.endnotes = relationship.target
            case "header", "footer":
                if names.edges.count < Self.maximumParts { names.edges.append(relationship.target) }
            case "aFChunk":
                if names.chunks.count < Self.maximumParts {
                    names.chunks.append((relationship.id, relationship.target))
                }
            default: break
            }
        }
        return names
    }

    private func member(_ name: String?, of package: OfficePackage) throws(ExtractionError) -> [UInt8] {
        guard let name else { return [] }
        return try package.archive.member(name) ?? []
    }

    /// The notes of a type.
    private func notes(
        in member: String?,
        of package: OfficePackage,
        _ parts: WordParts
    ) throws(ExtractionError) -> [String: String] {
        var parser = WordBody(parts, limits: limits)
        return try parser.notes(from: try self.member(member, of: package))
    }

    /// The lines of headers and footers with more than a page number and a name.
    private func pageEdges(
        _ members: [String],
        of package: OfficePackage,
        _ parts: WordParts
    ) throws(ExtractionError) -> [String] {
        var lines: [String] = []
        var seen: Set<String> = []
        for member in members {
            var parser = WordBody(parts, limits: limits)
            let edge = try parser.document(from: try self.member(member, of: package))
            for line in edge.blocks.map(\.text) where seen.insert(line).inserted {
                let says = line.wordCount > 3 || line.contains(where: \.isNumber)
                if says, line.contains(where: \.isLetter), !RunningHeaders.isPageNumber(line) { lines.append(line) }
            }
        }
        return lines
    }

    /// An embedded document; empty if its format is not supported here.
    private func chunk(_ name: String, of package: OfficePackage) throws(ExtractionError) -> ExtractedDocument {
        let bytes = try member(name, of: package)
        switch name.split(separator: ".").last?.lowercased() {
        case "html", "htm", "xhtml", "mht":
            return try HTMLReader.document(from: try TextDecoder.text(from: bytes, isMarkup: true), limits: limits)
        case "txt":
            return try LayoutReader.document(from: try TextDecoder.text(from: bytes), limits: limits)
        default:
            var document = DocumentBuilder(limits: limits)
            document.warn("The document embeds another one (\(name.shortened(toBytes: 80))), which is not read.")
            return document.document
        }
    }
}
