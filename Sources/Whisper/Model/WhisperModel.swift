internal import Inference

/// The parameters of a Whisper model, as numbers of 32 bits.
///
/// `@unchecked Sendable`: nothing writes the parameters after the initializer.
struct WhisperModel: @unchecked Sendable {
    /// A matrix by which rows of numbers are multiplied, and the bias that is added to each product.
    struct Linear {
        let weight: Matrix
        let bias: Matrix

        /// Writes the products of rows.
        func apply(to rows: Matrix, into result: Matrix) {
            for row in 0..<result.rows { unsafe result.setRow(row, to: bias.start) }
            result.setProduct(of: rows, and: weight, transposed: true, adding: true)
        }
    }

    /// The scale and shift of a layer normalisation.
    struct Norm {
        let gamma: Matrix
        let beta: Matrix

        /// Writes the normalised rows.
        func apply(to rows: Matrix, into result: Matrix) {
            for row in 0..<rows.rows {
                unsafe result.setRow(row, to: rows.start + row * rows.stride)
                unsafe VectorMath.layerNorm(
                    result.row(row),
                    weight: UnsafeBufferPointer(gamma.row(0)),
                    bias: UnsafeBufferPointer(beta.row(0)),
                    epsilon: 1e-5
                )
            }
        }
    }

    /// Attention of states to states of the same text or sound.
    struct SelfAttention {
        let norm: Norm
        /// Gives queries, keys and values, side by side.
        let projection: Linear
        let output: Linear
    }

    /// Attention of the text's states to those of the sound.
    struct CrossAttention {
        let norm: Norm
        let query: Linear
        /// Gives keys and values, side by side.
        let keysAndValues: Linear
        let output: Linear
    }

    /// The two matrices behind attention.
    struct FeedForward {
        let norm: Norm
        let intermediate: Linear
        let output: Linear
    }

    struct EncoderLayer {
        let attention: SelfAttention
        let feedForward: FeedForward
    }

    struct DecoderLayer {
        let attention: SelfAttention
        let crossAttention: CrossAttention
        let feedForward: FeedForward
    }

    let shape: ModelShape
    /// The two convolutions over time, each with a kernel of three places, as matrices: a row has the weights of the first
    /// place's channels, then those of the second's and the third's.
    let convolutions: [Linear]
    let soundPositions: Matrix
    let encoder: [EncoderLayer]
    let encoderNorm: Norm
    /// The vectors of tokens, which also give the scores of tokens.
    let tokens: Matrix
    let textPositions: Matrix
    let decoder: [DecoderLayer]
    let decoderNorm: Norm
    private let memory: FloatMemory

    /// Reads `model.bin` of a folder.
    ///
    /// - Throws: ``ModelError``.
    init(folder: String) throws(ModelError) {
        let file = try ModelFile(path: "\(folder)/model.bin")
        let shape = try ModelShape(of: file)
        let memory = FloatMemory(capacity: file.numberCount + 3 * shape.width * (shape.width + shape.bands))
        let reader = ParameterReader(file: file, memory: memory, shape: shape)
        self.shape = shape
        self.memory = memory
        convolutions = [
            try reader.convolution("encoder/conv1", channels: shape.bands),
            try reader.convolution("encoder/conv2", channels: shape.width),
        ]
        soundPositions = try reader.matrix("encoder/position_encodings/encodings", shape.soundLength, shape.width)
        var encoder: [EncoderLayer] = []
        for number in 0..<shape.encoderLayers {
            let name = "encoder/layer_\(number)"
            encoder.append(
                EncoderLayer(
                    attention: try reader.selfAttention("\(name)/self_attention"),
                    feedForward: try reader.feedForward("\(name)/ffn")
                )
            )
        }
        self.encoder = encoder
        encoderNorm = try reader.norm("encoder/layer_norm")
        tokens = try reader.matrix("decoder/embeddings/weight", shape.vocabulary, shape.width)
        textPositions = try reader.matrix("decoder/position_encodings/encodings", shape.textLength, shape.width)
        var decoder: [DecoderLayer] = []
        for number in 0..<shape.decoderLayers {
            let name = "decoder/layer_\(number)"
            decoder.append(
                DecoderLayer(
                    attention: try reader.selfAttention("\(name)/self_attention"),
                    crossAttention: try reader.crossAttention("\(name)/attention"),
                    feedForward: try reader.feedForward("\(name)/ffn")
                )
            )
        }
        self.decoder = decoder
        decoderNorm = try reader.norm("decoder/layer_norm")
    }
}
