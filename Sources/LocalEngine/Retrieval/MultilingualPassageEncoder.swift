private import Foundation
internal import SentenceEncoder

/// Encodes passages and questions of many languages as vectors, which are close to each other if their meanings are.
struct MultilingualPassageEncoder: Sendable {
    /// The model's fingerprint, with which its vectors are stored.
    let model: String
    private let encoder: MultilingualEncoder

    /// The folder of the model below the one of the English model.
    static let subfolder = "multilingual"

    /// Opens the model below a folder; nil if there is none.
    ///
    /// - Throws: `LocalEngineError`, if the model is damaged.
    init?(below folder: String) throws(LocalEngineError) {
        let folder = "\(folder)/\(Self.subfolder)"
        guard FileManager.default.fileExists(atPath: "\(folder)/sp.model") else { return nil }
        do {
            encoder = try MultilingualEncoder(folder: folder)
        } catch {
            throw LocalEngineError(
                code: .invalidConfiguration,
                detail: "the sentence encoder for other languages cannot be used: \(error)"
            )
        }
        model = encoder.identity
    }

    /// How many numbers each vector has.
    var width: Int { encoder.width }

    /// Encodes a passage below the title of its file and its headings.
    ///
    /// A statement is encoded below the heading next to it, and in windows of a few words by itself.
    func meaning(of passage: Passage, title: String) -> MultilingualMeaning {
        let context = passage.context(below: title)
        let above = encoder.encode(context, windowStep: Self.windowStep)
        let heading = passage.headings.last.map { encoder.encode($0 + ":") }
        let texts = Statement.statements(of: passage.text).map {
            encoder.encode($0.text, windowStep: Self.windowStep)
        }
        var vector = QuantizedVectors(width: width)
        vector.append(encoder.vector(of: [above] + texts))
        var statements = QuantizedVectors(width: width)
        var windows = QuantizedVectors(width: width)
        windows.append(above.windows)
        var owners = [UInt16](repeating: PassageMeaning.noStatement, count: windows.count)
        for (place, text) in texts.enumerated() {
            statements.append(encoder.vector(of: (heading.map { [$0] } ?? []) + [text]))
            windows.append(text.windows)
            owners += [UInt16](repeating: UInt16(clamping: place), count: windows.count - owners.count)
        }
        return MultilingualMeaning(
            isEnglish: TextLanguage(of: context + "\n" + passage.text, fewest: 3).map { $0 == .english },
            vectors: PassageMeaning(vector: vector, statements: statements, tokens: windows, owners: owners)
        )
    }

    /// Encodes a query.
    func query(_ text: String) -> QueryVectors {
        let encoded = encoder.encode(text, limit: Self.queryTokens, windowStep: 1)
        var vector = QuantizedVectors(width: encoder.width)
        vector.append(encoder.vector(of: encoded))
        var windows = QuantizedVectors(width: encoder.width)
        windows.append(encoded.windows)
        return QueryVectors(
            vector: vector,
            tokens: windows,
            tellsSomething: [Bool](repeating: true, count: windows.count)
        )
    }

    /// How many tokens further each window of a passage begins.
    private static let windowStep = 3
    /// The maximum number of tokens of a question that are read.
    private static let queryTokens = 128
}

/// The vectors of a passage by the multilingual model.
struct MultilingualMeaning: Sendable, Equatable {
    /// Whether the passage is in English; nil if that is unknown.
    var isEnglish: Bool?
    /// Its vectors: of the passage, of its statements, and of windows of a few tokens in place of tokens.
    var vectors: PassageMeaning
}
