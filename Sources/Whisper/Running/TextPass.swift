internal import Inference

/// A run of a model's decoder, which takes one token after another and scores the next.
///
/// It owns the memory that the run needs, about 50 MB for the base model: the keys and values of the sound and of the tokens so
/// far, of each layer. It uses one thread.
struct TextPass {
    private let model: WhisperModel
    private let memory: FloatMemory
    /// The keys and values of the sound, side by side, for each layer.
    private let sound: [Matrix]
    /// The keys and values of the tokens so far, side by side, for each layer.
    private let text: [Matrix]
    private let state: Matrix
    private let normalized: Matrix
    private let projected: Matrix
    private let context: Matrix
    private let intermediate: Matrix
    private let attention: Matrix
    private let scores: Matrix
    /// How many tokens have been taken.
    private(set) var count = 0

    /// Computes what the decoder needs of a sound.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - states: The states of the sound.
    init(model: WhisperModel, states: Matrix) {
        let shape = model.shape
        let width = shape.width
        self.model = model
        let memory = FloatMemory(
            capacity: shape.decoderLayers * 2 * width * (states.rows + shape.textLength) + 6 * width
                + shape.intermediate
                + shape.vocabulary + max(states.rows, shape.textLength)
        )
        self.memory = memory
        sound = model.decoder.map { layer in
            let matrix = memory.matrix(rows: states.rows, columns: 2 * width)
            layer.crossAttention.keysAndValues.apply(to: states, into: matrix)
            return matrix
        }
        text = model.decoder.map { _ in memory.matrix(rows: shape.textLength, columns: 2 * width) }
        state = memory.matrix(rows: 1, columns: width)
        normalized = memory.matrix(rows: 1, columns: width)
        projected = memory.matrix(rows: 1, columns: 3 * width)
        context = memory.matrix(rows: 1, columns: width)
        intermediate = memory.matrix(rows: 1, columns: shape.intermediate)
        attention = memory.matrix(rows: 1, columns: max(states.rows, shape.textLength))
        scores = memory.matrix(rows: 1, columns: shape.vocabulary)
    }

    /// Takes a token.
    ///
    /// There has to be room for it in the model's text.
    mutating func take(_ token: Int) {
        let width = model.shape.width
        unsafe state.setRow(0, to: model.tokens.rows(token..<(token + 1)).start)
        add(model.textPositions.rows(count..<(count + 1)))
        count += 1
        for (number, layer) in model.decoder.enumerated() {
            layer.attention.norm.apply(to: state, into: normalized)
            layer.attention.projection.apply(to: normalized, into: projected)
            let keysAndValues = projected.columns(width..<(3 * width))
            unsafe text[number].setRow(count - 1, to: keysAndValues.start)
            attend(projected.columns(0..<width), to: text[number].rows(0..<count))
            layer.attention.output.apply(to: context, into: normalized)
            add(normalized)

            layer.crossAttention.norm.apply(to: state, into: normalized)
            layer.crossAttention.query.apply(to: normalized, into: projected.columns(0..<width))
            attend(projected.columns(0..<width), to: sound[number])
            layer.crossAttention.output.apply(to: context, into: normalized)
            add(normalized)

            layer.feedForward.norm.apply(to: state, into: normalized)
            layer.feedForward.intermediate.apply(to: normalized, into: intermediate)
            unsafe VectorMath.gelu(intermediate.row(0))
            layer.feedForward.output.apply(to: intermediate, into: normalized)
            add(normalized)
        }
    }

    /// Scores each token as the next one.
    ///
    /// - Returns: The scores, as logarithms of probabilities but for a common summand. The next run overwrites them.
    func nextScores() -> UnsafeMutableBufferPointer<Float> {
        model.decoderNorm.apply(to: state, into: normalized)
        scores.setProduct(of: normalized, and: model.tokens, transposed: true)
        return unsafe scores.row(0)
    }

    /// Writes the attention of a query to keys and values.
    private func attend(_ query: Matrix, to keysAndValues: Matrix) {
        let width = model.shape.width
        let size = width / model.shape.heads
        let weights = attention.columns(0..<keysAndValues.rows)
        for first in stride(from: 0, to: width, by: size) {
            let keys = keysAndValues.columns(first..<(first + size))
            let values = keysAndValues.columns((first + width)..<(first + width + size))
            let scale = 1 / Float(size).squareRoot()
            weights.setProduct(of: query.columns(first..<(first + size)), and: keys, transposed: true, scale: scale)
            unsafe VectorMath.softmax(weights.row(0))
            context.columns(first..<(first + size)).setProduct(of: weights, and: values, transposed: false)
        }
    }

    private func add(_ row: Matrix) {
        unsafe VectorMath.add(UnsafeBufferPointer(row.row(0)), to: state.row(0))
    }
}
