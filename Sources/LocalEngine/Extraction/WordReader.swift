/// Reads the text of a Word document (.docx): `word/document.xml` with its notes, and the names of its styles.
struct WordReader: Sendable {
    /// What reading may cost.
    var limits: ExtractionLimits

    /// The document in a .docx file.
    ///
    /// - Throws: `ExtractionError` if the file is not a Word document or is beyond the limits.
    func document(at path: String) async throws(ExtractionError) -> ExtractedDocument {
        let archive = ZipArchive(path: path, limits: limits)
        guard let body = try await archive.member("word/document.xml") else {
            throw .invalid("The file is not a Word document.")
        }
        let styles = WordStyles(try await archive.member("word/styles.xml") ?? [])
        var parser = WordBody(
            styles: styles,
            footnotes: try await notes(in: "word/footnotes.xml", of: archive, referredTo: "footnote", body, styles),
            endnotes: try await notes(in: "word/endnotes.xml", of: archive, referredTo: "endnote", body, styles),
            limits: limits
        )
        return try parser.document(from: body)
    }

    /// The notes of a kind, if the body refers to any.
    private func notes(
        in member: String,
        of archive: ZipArchive,
        referredTo kind: String,
        _ body: [UInt8],
        _ styles: WordStyles
    ) async throws(ExtractionError) -> [String: String] {
        guard body.holds("<w:\(kind)Reference"), let xml = try await archive.member(member) else { return [:] }
        var parser = WordBody(styles: styles, limits: limits)
        return try parser.notes(from: xml)
    }
}

extension [UInt8] {
    /// Whether some text is in the bytes.
    fileprivate func holds(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        var place = startIndex
        while let start = self[place...].firstIndex(of: wanted[0]) {
            if self[start...].starts(with: wanted) { return true }
            place = start + 1
        }
        return false
    }
}
