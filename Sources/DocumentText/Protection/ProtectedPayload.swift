/// A PDF under a sensitivity label: what one sees is a note that the document is protected, and the document itself is
/// embedded in it, encrypted by the rights management of Microsoft Purview.
enum ProtectedPayload {
    /// Why such a file is not read.
    static let error = ExtractionError.invalid(
        "The file is protected by a sensitivity label (Microsoft Purview): what can be read of it is only the note that it "
            + "is protected. Remove the label's protection, or save an unprotected copy."
    )

    /// A document of more pages is not the note.
    private static let mostPages = 3
    private static let searchedBytes = 32 << 20
    /// What the wrapper of such a document names, and the name of the file that is embedded.
    private static let marks = ["/MicrosoftIRMServices", "/EncryptedPayload"]
    private static let embeddedName = "MicrosoftIRMServices"

    /// Whether a PDF is only the cover of a protected one.
    ///
    /// - Parameters:
    ///   - path: Where the PDF is.
    ///   - pages: How many pages it shows.
    ///   - limits: What looking may cost.
    /// - Returns: Whether it is.
    /// - Throws: `ExtractionError` if the program that lists what is embedded is missing or beyond a limit.
    static func isCover(of path: String, pages: Int, within limits: ExtractionLimits) async throws(ExtractionError)
        -> Bool
    {
        guard pages <= mostPages, let bytes = try? FileBytes.first(searchedBytes, at: path) else { return false }
        if marks.contains(where: { FileBytes.contain(bytes, Array($0.utf8)) }) { return true }
        // The wrapper's objects may be compressed; the list of embedded files is found in any case.
        guard FileBytes.contain(bytes, Array("/ObjStm".utf8)) else { return false }
        let list = try await HelperProgram.pdfdetach.run(["-list", HelperProgram.fileArgument(path)], within: limits)
        return FileBytes.contain(list.output, Array(embeddedName.utf8))
    }
}
