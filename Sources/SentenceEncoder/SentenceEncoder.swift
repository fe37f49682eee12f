public import Inference

/// Encodes text as vectors, whose directions are similar if the meanings are similar.
///
/// It runs sentence encoders of the BERT family that take the mean of all token states, such as all-MiniLM-L6-v2, from
/// the files `config.json`, `vocab.txt` and `model.safetensors` of one folder. The model's file is mapped into memory,
/// so that opening it is fast and several processes share it. Several threads may use an encoder at the same time; each text
/// is encoded by the calling thread.
///
/// ```swift
/// import SentenceEncoder
///
/// let encoder = try SentenceEncoder(folder: "/var/lib/models/all-minilm-l6-v2")
/// let question = encoder.encode("How much holiday do I get?")
/// let policy = encoder.encode("Every employee has 25 days of annual leave.")
/// let cosine = zip(question.vector, policy.vector).map { $0 * $1 }.reduce(0, +)
/// ```
public final class SentenceEncoder: Sendable {
    private let tokenizer: WordPiece
    private let model: BERTModel

    /// Opens the model of a folder.
    ///
    /// - Parameter folder: The path of the folder.
    /// - Throws: ``ModelError``, if a file is missing, damaged, or of a model of another kind.
    public init(folder: String) throws(ModelError) {
        tokenizer = try WordPiece(vocabulary: "\(folder)/vocab.txt")
        model = try BERTModel(folder: folder)
        guard tokenizer.count <= model.shape.vocab_size else {
            throw ModelError(.malformed, "“\(folder)/vocab.txt” has more lines than the model has words")
        }
    }

    /// The number of components of a vector.
    public var width: Int { model.shape.hidden_size }

    /// How many tokens of a text the model can take, without those that it puts around each text.
    public var maximumTokens: Int { model.shape.max_position_embeddings - 2 }

    /// Encodes a text.
    ///
    /// - Parameters:
    ///   - text: The text. The vector of an empty text has no meaning.
    ///   - limit: How many tokens are read, at most ``maximumTokens``; what follows does not count. The time grows with
    ///     the number of tokens, for long texts faster.
    /// - Returns: The vector of the text and the states of its tokens.
    public func encode(_ text: String, limit: Int = 254) -> EncodedText {
        let tokens = tokenizer.tokens(of: text, limit: max(0, min(limit, maximumTokens)))
        let count = tokens.count + 2
        var pass = ForwardPass(model: model, count: count)
        let states = pass.states(of: [tokenizer.first] + tokens.map(\.id) + [tokenizer.last])
        var mean = [Float](repeating: 0, count: width)
        for token in 0..<count {
            for index in 0..<width { mean[index] += states[token * width + index] }
        }
        return EncodedText(
            width: width,
            vector: mean.normalized(),
            tokens: tokens.map(\.range),
            states: Array(states[width..<((count - 1) * width)])
        )
    }
}

extension SentenceEncoder {
    /// A short text that identifies the model.
    ///
    /// It is a checksum (FNV-1a) of the parameters by which the model ends, which training changes with all others.
    public var identity: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for layer in model.layers.suffix(1) {
            for tensor in [layer.output.bias, layer.outputNorm.weight, layer.outputNorm.bias] {
                for index in unsafe tensor.values.indices {
                    hash = unsafe (hash ^ UInt64(tensor.values[index].bitPattern)) &* 0x100_0000_01b3
                }
            }
        }
        return "\(width)-\(String(hash, radix: 16))"
    }
}
