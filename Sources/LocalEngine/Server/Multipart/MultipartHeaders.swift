/// What the headers of a part say.
struct MultipartHeaders: Sendable, Hashable {
    /// The field's name.
    let name: String
    /// The file's name, if the part is a file.
    let filename: String?

    /// Reads a block of header lines.
    ///
    /// - Throws: `MultipartError` if no line names the field.
    init(parsing block: some Collection<UInt8>) throws(MultipartError) {
        for line in block.split(separator: UInt8(ascii: "\n")) {
            let text = String(decoding: line.prefix { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
            guard let colon = text.firstIndex(of: ":"), text[..<colon].lowercased() == "content-disposition" else {
                continue
            }
            let value = HeaderParameters(text[text.index(after: colon)...])
            guard value.value.lowercased() == "form-data", let name = value["name"] else { break }
            self.name = name
            filename = value.extended("filename") ?? value["filename"]
            return
        }
        throw .malformed("a part has no name")
    }
}
