internal import CBLAS
internal import Inference

/// One run of a BERT model over the tokens of one text.
///
/// It owns the memory that the run needs, about 20 KB a token and 4 bytes for each pair of tokens, and uses one thread.
@safe
struct ForwardPass: ~Copyable {
    private let model: BERTModel
    private let count: Int
    private let width: Int
    private let memory: UnsafeMutablePointer<Float>
    private let hidden: UnsafeMutablePointer<Float>
    private let query: UnsafeMutablePointer<Float>
    private let key: UnsafeMutablePointer<Float>
    private let value: UnsafeMutablePointer<Float>
    private let context: UnsafeMutablePointer<Float>
    private let intermediate: UnsafeMutablePointer<Float>
    private let scores: UnsafeMutablePointer<Float>

    /// Allocates the memory for `count` tokens.
    init(model: BERTModel, count: Int) {
        self.model = model
        self.count = count
        width = model.shape.hidden_size
        let rows = count * width
        unsafe memory = .allocate(capacity: 5 * rows + count * model.shape.intermediate_size + count * count)
        unsafe hidden = memory
        unsafe query = memory + rows
        unsafe key = memory + 2 * rows
        unsafe value = memory + 3 * rows
        unsafe context = memory + 4 * rows
        unsafe intermediate = memory + 5 * rows
        unsafe scores = memory + 5 * rows + count * model.shape.intermediate_size
    }

    deinit {
        unsafe memory.deallocate()
    }

    /// Returns the states of the tokens, one after another.
    ///
    /// - Parameter tokens: The numbers of as many tokens as there is memory for, all in the vocabulary.
    /// - Returns: The states, as many numbers each as a vector has.
    mutating func states(of tokens: [Int]) -> [Float] {
        embed(tokens)
        for layer in model.layers {
            attend(layer)
            transform(layer)
        }
        return unsafe Array(UnsafeBufferPointer(start: hidden, count: count * width))
    }

    private func embed(_ tokens: [Int]) {
        for (position, token) in tokens.enumerated() {
            for index in 0..<width {
                unsafe hidden[position * width + index] =
                    model.words.values[token * width + index] + model.positions.values[position * width + index]
                    + model.types.values[index]
            }
        }
        normalize(model.norm)
    }

    /// Adds the attention of each state to all others.
    private func attend(_ layer: BERTModel.Layer) {
        unsafe multiply(hidden, by: layer.query, into: query)
        unsafe multiply(hidden, by: layer.key, into: key)
        unsafe multiply(hidden, by: layer.value, into: value)
        let heads = model.shape.num_attention_heads
        let size = width / heads
        let (rows, depth, stride) = (Int32(count), Int32(size), Int32(width))
        for head in 0..<heads {
            unsafe cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasTrans,
                rows,
                rows,
                depth,
                1 / Float(size).squareRoot(),
                query + head * size,
                stride,
                key + head * size,
                stride,
                0,
                scores,
                rows
            )
            for row in 0..<count {
                unsafe VectorMath.softmax(UnsafeMutableBufferPointer(start: scores + row * count, count: count))
            }
            unsafe cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasNoTrans,
                rows,
                depth,
                rows,
                1,
                scores,
                rows,
                value + head * size,
                stride,
                0,
                context + head * size,
                stride
            )
        }
        unsafe multiply(context, by: layer.attentionOutput, into: query)
        unsafe add(query)
        normalize(layer.attentionNorm)
    }

    /// Adds to each state its product with the two matrices.
    private func transform(_ layer: BERTModel.Layer) {
        unsafe multiply(hidden, by: layer.intermediate, into: intermediate)
        unsafe VectorMath.gelu(
            UnsafeMutableBufferPointer(start: intermediate, count: count * model.shape.intermediate_size)
        )
        unsafe multiply(intermediate, by: layer.output, into: query)
        unsafe add(query)
        normalize(layer.outputNorm)
    }

    /// Multiplies rows by a matrix and adds its bias to each.
    private func multiply(
        _ rows: UnsafeMutablePointer<Float>,
        by linear: BERTModel.Linear,
        into result: UnsafeMutablePointer<Float>
    ) {
        guard let bias = unsafe linear.bias.values.baseAddress else { return }
        for row in 0..<count { unsafe (result + row * linear.outputs).update(from: bias, count: linear.outputs) }
        let (inputs, outputs) = (Int32(linear.inputs), Int32(linear.outputs))
        unsafe cblas_sgemm(
            CblasRowMajor,
            CblasNoTrans,
            CblasTrans,
            Int32(count),
            outputs,
            inputs,
            1,
            rows,
            inputs,
            linear.weight.values.baseAddress,
            inputs,
            1,
            result,
            outputs
        )
    }

    private func add(_ rows: UnsafeMutablePointer<Float>) {
        for index in 0..<(count * width) { unsafe hidden[index] += rows[index] }
    }

    private func normalize(_ norm: BERTModel.Norm) {
        for row in 0..<count {
            unsafe VectorMath.layerNorm(
                UnsafeMutableBufferPointer(start: hidden + row * width, count: width),
                weight: norm.weight.values,
                bias: norm.bias.values,
                epsilon: model.shape.layer_norm_eps
            )
        }
    }
}
