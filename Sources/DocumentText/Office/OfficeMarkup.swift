/// Splits the XML of an Office document into tags and text whose names have the usual prefixes, whatever prefixes the
/// file has for the namespaces.
struct OfficeMarkup {
    private var tokens: MarkupTokenizer
    /// The usual prefixes by the file's prefixes, where they differ.
    private var prefixes: [Substring: String] = [:]

    /// The usual prefixes, by the suffixes of the namespaces' names.
    private static let usualPrefixes: [String: String] = [
        "wordprocessingml/main": "w", "wordprocessingml/2006/main": "w", "drawingml/main": "a",
        "drawingml/2006/main": "a", "presentationml/main": "p", "presentationml/2006/main": "p",
        "drawingml/chart": "c", "drawingml/2006/chart": "c", "drawingml/diagram": "dgm",
        "drawingml/2006/diagram": "dgm", "drawing/2014/chartex": "cx", "drawingml/spreadsheetDrawing": "xdr",
        "drawingml/2006/spreadsheetDrawing": "xdr",
        "officeDocument/relationships": "r", "officeDocument/2006/relationships": "r",
        "markup-compatibility/2006": "mc", "spreadsheetml/main": "", "spreadsheetml/2006/main": "",
    ]

    /// Creates a tokenizer of UTF-8.
    init(_ bytes: [UInt8]) {
        tokens = MarkupTokenizer(bytes)
    }

    /// The next token; nil at the end.
    mutating func next() -> MarkupTokenizer.Token? {
        guard let token = tokens.next() else { return nil }
        guard case .start(let name, let attributes, let isClosed) = token else {
            if case .end(let name) = token, !prefixes.isEmpty { return .end(name: usual(name)) }
            return token
        }
        learn(from: attributes)
        guard !prefixes.isEmpty else { return token }
        var renamed: [String: String] = [:]
        // An attribute without a prefix is in no namespace.
        for (key, value) in attributes { renamed[key.contains(":") ? usual(key) : key] = value }
        return .start(name: usual(name), attributes: renamed, isClosed: isClosed)
    }

    private mutating func learn(from attributes: [String: String]) {
        for (key, namespace) in attributes where key.hasPrefix("xmlns") {
            let prefix = key == "xmlns" ? "" : key.dropFirst("xmlns:".count)
            guard let usual = Self.usualPrefixes.first(where: { namespace.hasSuffix($0.key) })?.value else { continue }
            if prefix != usual { prefixes[prefix] = usual }
        }
    }

    private func usual(_ name: String) -> String {
        let colon = name.firstIndex(of: ":")
        guard let prefix = prefixes[colon.map { name[..<$0] } ?? ""] else { return name }
        let local = colon.map { name[name.index(after: $0)...] } ?? name[...]
        return prefix.isEmpty ? String(local) : "\(prefix):\(local)"
    }
}
