/// A PDF under a sensitivity label: it shows a note that the document is protected, and the document itself is embedded
/// in it, encrypted by the rights management of Microsoft Purview.
enum ProtectedPayload {
    /// The error of such a file.
    static let error = ExtractionError.invalid(
        "The file is protected by a sensitivity label (Microsoft Purview): what can be read of it is only the note that it "
            + "is protected. Remove the label's protection, or save an unprotected copy."
    )

    /// The maximum number of pages of the note.
    private static let maximumPages = 3
    private static let searchedBytes = 32 << 20
    /// The names in the wrapper of such a document, and the name of the embedded file.
    private static let marks = ["/MicrosoftIRMServices", "/EncryptedPayload"]
    private static let embeddedName = "MicrosoftIRMServices"

    /// Whether a PDF is only the cover of a protected document.
    ///
    /// - Parameters:
    ///   - path: The PDF's path.
    ///   - pages: The number of its pages.
    ///   - limits: The limits of the search.
    /// - Returns: Whether it is.
    /// - Throws: `ExtractionError` if the program that lists embedded files is missing or exceeds a limit.
    static func isCover(of path: String, pages: Int, within limits: ExtractionLimits) async throws(ExtractionError)
        -> Bool
    {
        guard pages <= maximumPages, let bytes = try? FileBytes.first(searchedBytes, at: path) else { return false }
        if marks.contains(where: { FileBytes.contain(bytes, Array($0.utf8)) }) { return true }
        // The wrapper's objects may be compressed; the list of embedded files shows the name in any case.
        guard FileBytes.contain(bytes, Array("/ObjStm".utf8)) else { return false }
        let list = try await HelperProgram.pdfdetach.run(["-list", HelperProgram.fileArgument(path)], within: limits)
        return FileBytes.contain(list.output, Array(embeddedName.utf8))
    }
}
