internal import DocumentText
internal import Foundation

/// The output of the process that reads a document: frames of a tag, a length in four bytes, and the content.
///
/// Either one `E` frame with the error's code and message, or a `T` frame with the text, an `M` frame if the Markdown text
/// differs, a `P` frame for each passage, before it an `H` frame if its headings differ from those of the one before, after
/// it a `Q` frame if its text for quotes differs, a `W` frame for each warning, and a `Z` frame, which shows that the output
/// is complete.
enum ExtractionFrames {
    private enum Tag: UInt8 {
        case error = 0x45
        case text = 0x54
        case markdown = 0x4D
        case headings = 0x48
        case passage = 0x50
        case structure = 0x53
        case quotable = 0x51
        case warning = 0x57
        case end = 0x5A
    }

    /// Encodes the result of reading a document.
    static func encode(_ result: Result<ExtractedText, ExtractionError>) -> [UInt8] {
        var bytes: [UInt8] = []
        switch result {
        case .failure(let error): append(.error, "\(error.code.rawValue)\n\(error.message)", to: &bytes)
        case .success(let text):
            append(.text, text.text, to: &bytes)
            if let markdown = text.markdown { append(.markdown, markdown, to: &bytes) }
            var headings: [String] = []
            for passage in text.passages {
                if passage.headings != headings {
                    headings = passage.headings
                    append(.headings, headings.joined(separator: "\n"), to: &bytes)
                }
                append(.passage, passage.text, to: &bytes)
                if let quotable = passage.quotable { append(.quotable, quotable, to: &bytes) }
            }
            for warning in text.warnings { append(.warning, warning, to: &bytes) }
            append(.end, "", to: &bytes)
        }
        return bytes
    }

    /// Encodes the structure of a document: as an `S` frame with its JSON, or an `E` frame.
    static func encode(structure: Result<DocumentStructure, ExtractionError>) -> [UInt8] {
        let encoded = structure.flatMap { structure -> Result<[UInt8], ExtractionError> in
            guard let json = try? JSONEncoder().encode(structure) else {
                return .failure(.server("The structure of the document cannot be written."))
            }
            return .success(Array(json))
        }
        var bytes: [UInt8] = []
        switch encoded {
        case .failure(let error): append(.error, "\(error.code.rawValue)\n\(error.message)", to: &bytes)
        case .success(let json): append(.structure, String(decoding: json, as: UTF8.self), to: &bytes)
        }
        return bytes
    }

    /// Decodes the structure of a document; nil if it is not complete.
    static func decodeStructure(_ bytes: [UInt8]) -> Result<DocumentStructure, ExtractionError>? {
        guard let tag = bytes.first.flatMap({ Tag(rawValue: $0) }), bytes.count >= 5 else { return nil }
        let length = bytes[1..<5].reduce(0) { $0 << 8 | Int($1) }
        guard bytes.count == 5 + length else { return nil }
        let content = bytes[5...]
        switch tag {
        case .error: return error(String(decoding: content, as: UTF8.self)).map { .failure($0) }
        case .structure:
            return (try? JSONDecoder().decode(DocumentStructure.self, from: Data(content))).map { .success($0) }
        default: return nil
        }
    }

    private static func append(_ tag: Tag, _ content: String, to bytes: inout [UInt8]) {
        let length = UInt32(content.utf8.count)
        bytes.append(tag.rawValue)
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) }
        bytes += content.utf8
    }

    /// Decodes the result of reading a document; nil if it is not complete.
    static func decode(_ bytes: [UInt8]) -> Result<ExtractedText, ExtractionError>? {
        var text: String?
        var markdown: String?
        var headings: [String] = []
        var passages: [Passage] = []
        var warnings: [String] = []
        var place = 0
        while place + 5 <= bytes.count, let tag = Tag(rawValue: bytes[place]) {
            let length = bytes[(place + 1)...].prefix(4).reduce(0) { $0 << 8 | Int($1) }
            let start = place + 5
            guard start + length <= bytes.count else { return nil }
            let content = String(decoding: bytes[start..<(start + length)], as: UTF8.self)
            place = start + length
            switch tag {
            case .error: return error(content).map { .failure($0) }
            case .text: text = content
            case .markdown: markdown = content
            case .headings: headings = content.split(separator: "\n").map { String($0) }
            case .passage: passages.append(Passage(headings: headings, text: content))
            case .structure: return nil
            case .quotable:
                guard !passages.isEmpty else { return nil }
                passages[passages.count - 1].quotable = content
            case .warning: warnings.append(content)
            case .end:
                return text.map {
                    .success(ExtractedText(text: $0, markdown: markdown, passages: passages, warnings: warnings))
                }
            }
        }
        return nil
    }

    private static func error(_ content: String) -> ExtractionError? {
        let parts = content.split(separator: "\n", maxSplits: 1)
        guard parts.count == 2, let code = ExtractionError.Code(rawValue: String(parts[0])) else { return nil }
        return ExtractionError(code: code, message: String(parts[1]))
    }
}
