/// The files that are embedded in a PDF, as in a portfolio, whose page is only a cover.
enum EmbeddedFiles {
    /// The maximum number of pages of a PDF whose embedded files are told.
    private static let maximumPages = 3
    private static let searchedBytes = 32 << 20
    /// The names in a PDF that has such files, the first one if they are not compressed.
    private static let marks = ["/EmbeddedFile", "/ObjStm"]
    /// The maximum number of names that are told.
    private static let maximumNames = 5

    /// The warning that files are not read; nil if there are none.
    ///
    /// - Parameters:
    ///   - path: The PDF's path.
    ///   - pages: The number of its pages.
    ///   - limits: The limits of the search.
    /// - Returns: The warning.
    static func warning(of path: String, pages: Int, within limits: ExtractionLimits) async -> String? {
        guard pages <= maximumPages, let bytes = try? FileBytes.first(searchedBytes, at: path),
            marks.contains(where: { FileBytes.contain(bytes, Array($0.utf8)) }),
            let list = try? await HelperProgram.pdfdetach.run(
                ["-list", HelperProgram.fileArgument(path)],
                within: limits
            )
        else { return nil }
        return warning(ofList: String(decoding: list.output, as: UTF8.self))
    }

    /// The warning by the output of `pdfdetach -list`: a line with the number of files, and one for each file.
    static func warning(ofList list: String) -> String? {
        let names = list.split(separator: "\n").dropFirst().compactMap { line -> String? in
            guard let colon = line.firstIndex(of: ":"), line[..<colon].allSatisfy(\.isWholeNumber) else { return nil }
            let name = String(line[line.index(after: colon)...]).onOneLine
            return name.isEmpty ? nil : "“\(name)”"
        }
        guard !names.isEmpty else { return nil }
        let others = names.count - maximumNames
        let told = Array(names.prefix(maximumNames)) + (others > 0 ? ["\(others) more"] : [])
        return "The files that are embedded in the PDF are not read: \(told.listed). Add each as a document."
    }
}
