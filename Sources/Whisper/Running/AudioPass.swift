internal import Inference

/// One run of a model's encoder over up to 30 seconds of sound.
///
/// Models are trained on 30 seconds, with silence behind shorter sound. Ten seconds of silence do as well, and a short question
/// takes a third of the time. The run owns the memory that it needs, up to 50 MB for the base model, and uses one thread.
struct AudioPass {
    /// How many queries attend at once: their scores fit into a processor's cache.
    private static let block = 100
    /// How many frames of silence follow on the sound.
    private static let silence = 1000

    private let model: WhisperModel
    /// How many states there are, which is a multiple of the block: one for two frames.
    private let length: Int
    private let memory: FloatMemory
    /// The spectrogram, with a row of zeros before and behind it, which the kernels reach.
    private let mels: Matrix
    /// What the first convolution gives, with a row of zeros before and behind it.
    private let convolved: Matrix
    private let states: Matrix
    private let normalized: Matrix
    private let projected: Matrix
    private let context: Matrix
    private let intermediate: Matrix
    private let scores: Matrix

    /// Allocates the memory for a sound.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - samples: How many samples the sound has, at most ``MelSpectrogram/samples``.
    init(model: WhisperModel, samples: Int) {
        let shape = model.shape
        let states = (samples / MelSpectrogram.hop + Self.silence) / 2
        let length = min(shape.soundLength, (states + Self.block - 1) / Self.block * Self.block)
        let width = shape.width
        self.model = model
        self.length = length
        memory = FloatMemory(
            capacity: length * (6 * width + max(shape.intermediate, 3 * width)) + Self.block * length
                + (2 * length + 2) * (width + MelSpectrogram.bands)
        )
        mels = memory.matrix(rows: 2 * length + 2, columns: MelSpectrogram.bands)
        convolved = memory.matrix(rows: 2 * length + 2, columns: width)
        self.states = memory.matrix(rows: length, columns: width)
        normalized = memory.matrix(rows: length, columns: width)
        projected = memory.matrix(rows: length, columns: 3 * width)
        context = memory.matrix(rows: length, columns: width)
        intermediate = memory.matrix(rows: length, columns: max(shape.intermediate, 3 * width))
        scores = memory.matrix(rows: Self.block, columns: length)
    }

    /// Returns the states of a sound.
    ///
    /// - Parameters:
    ///   - sound: As many samples as there is memory for.
    ///   - spectrogram: Computes the sound's spectrogram.
    ///   - isCancelled: Whether the run is to end; asked before each layer.
    /// - Returns: As many rows as there are states, in the memory of this run.
    /// - Throws: `CancellationError`.
    func run(
        _ sound: ArraySlice<Float>,
        spectrogram: MelSpectrogram,
        isCancelled: () -> Bool
    ) throws(CancellationError) -> Matrix {
        let frames = 1..<(2 * length + 1)
        spectrogram.compute(sound, into: mels.rows(frames))
        convolve(mels, by: model.convolutions[0], stride: 1, into: convolved.rows(frames))
        convolve(convolved, by: model.convolutions[1], stride: 2, into: states)
        add(model.soundPositions.rows(0..<length))
        for layer in model.encoder {
            guard !isCancelled() else { throw CancellationError() }
            attend(layer.attention)
            transform(layer.feedForward)
        }
        model.encoderNorm.apply(to: states, into: normalized)
        return normalized
    }

    /// Multiplies each three rows by the kernels, and applies the activation.
    private func convolve(_ rows: Matrix, by kernels: WhisperModel.Linear, stride: Int, into result: Matrix) {
        let width = 3 * rows.columns
        let batch = length
        for first in Swift.stride(from: 0, to: result.rows, by: batch) {
            let places = unsafe Matrix(intermediate.start, rows: batch, columns: width)
            for row in 0..<batch {
                unsafe places.setRow(row, to: rows.start + (first + row) * stride * rows.columns)
            }
            kernels.apply(to: places, into: result.rows(first..<(first + batch)))
        }
        for row in 0..<result.rows { unsafe VectorMath.gelu(result.row(row)) }
    }

    /// Adds the attention of each state to all others.
    private func attend(_ attention: WhisperModel.SelfAttention) {
        let width = model.shape.width
        let size = width / model.shape.heads
        attention.norm.apply(to: states, into: normalized)
        attention.projection.apply(to: normalized, into: projected)
        for head in 0..<model.shape.heads {
            let columns = (head * size)..<((head + 1) * size)
            let queries = projected.columns(columns)
            let keys = projected.columns((columns.lowerBound + width)..<(columns.upperBound + width))
            let values = projected.columns((columns.lowerBound + 2 * width)..<(columns.upperBound + 2 * width))
            for first in stride(from: 0, to: length, by: Self.block) {
                let rows = first..<(first + Self.block)
                scores.setProduct(
                    of: queries.rows(rows),
                    and: keys,
                    transposed: true,
                    scale: 1 / Float(size).squareRoot()
                )
                for row in 0..<Self.block { unsafe VectorMath.softmax(scores.row(row)) }
                context.columns(columns).rows(rows).setProduct(of: scores, and: values, transposed: false)
            }
        }
        attention.output.apply(to: context, into: normalized)
        add(normalized)
    }

    /// Adds to each state its product with the two matrices.
    private func transform(_ layer: WhisperModel.FeedForward) {
        let rows = unsafe Matrix(intermediate.start, rows: intermediate.rows, columns: model.shape.intermediate)
        layer.norm.apply(to: states, into: normalized)
        layer.intermediate.apply(to: normalized, into: rows)
        for row in 0..<rows.rows { unsafe VectorMath.gelu(rows.row(row)) }
        layer.output.apply(to: rows, into: normalized)
        add(normalized)
    }

    private func add(_ rows: Matrix) {
        for index in 0..<states.rows {
            unsafe VectorMath.add(UnsafeBufferPointer(rows.row(index)), to: states.row(index))
        }
    }
}
