internal import Inference

/// Reads the parts of a model from its file.
struct ParameterReader {
    let file: ModelFile
    let memory: FloatMemory
    let shape: ModelShape

    func matrix(_ name: String, _ rows: Int, _ columns: Int) throws(ModelError) -> Matrix {
        try file.matrix(name, shape: [rows, columns], in: memory)
    }

    func norm(_ name: String) throws(ModelError) -> WhisperModel.Norm {
        WhisperModel.Norm(
            gamma: try file.matrix("\(name)/gamma", shape: [shape.width], in: memory),
            beta: try file.matrix("\(name)/beta", shape: [shape.width], in: memory)
        )
    }

    func selfAttention(_ name: String) throws(ModelError) -> WhisperModel.SelfAttention {
        WhisperModel.SelfAttention(
            norm: try norm("\(name)/layer_norm"),
            projection: try linear("\(name)/linear_0", shape.width, 3 * shape.width),
            output: try linear("\(name)/linear_1", shape.width, shape.width)
        )
    }

    func crossAttention(_ name: String) throws(ModelError) -> WhisperModel.CrossAttention {
        WhisperModel.CrossAttention(
            norm: try norm("\(name)/layer_norm"),
            query: try linear("\(name)/linear_0", shape.width, shape.width),
            keysAndValues: try linear("\(name)/linear_1", shape.width, 2 * shape.width),
            output: try linear("\(name)/linear_2", shape.width, shape.width)
        )
    }

    func feedForward(_ name: String) throws(ModelError) -> WhisperModel.FeedForward {
        WhisperModel.FeedForward(
            norm: try norm("\(name)/layer_norm"),
            intermediate: try linear("\(name)/linear_0", shape.width, shape.intermediate),
            output: try linear("\(name)/linear_1", shape.intermediate, shape.width)
        )
    }

    /// Reads a convolution, whose weights the file has by channel, as a matrix whose rows have them by place.
    func convolution(_ name: String, channels: Int) throws(ModelError) -> WhisperModel.Linear {
        let byChannel = try file.matrix("\(name)/weight", shape: [shape.width, channels, 3], in: memory)
        let byPlace = memory.matrix(rows: shape.width, columns: 3 * channels)
        for row in 0..<shape.width {
            let (source, target) = unsafe (byChannel.row(row), byPlace.row(row))
            for channel in 0..<channels {
                for place in 0..<3 { unsafe target[place * channels + channel] = source[channel * 3 + place] }
            }
        }
        return WhisperModel.Linear(
            weight: byPlace,
            bias: try file.matrix("\(name)/bias", shape: [shape.width], in: memory)
        )
    }

    private func linear(_ name: String, _ inputs: Int, _ outputs: Int) throws(ModelError) -> WhisperModel.Linear {
        WhisperModel.Linear(
            weight: try matrix("\(name)/weight", outputs, inputs),
            bias: try file.matrix("\(name)/bias", shape: [outputs], in: memory)
        )
    }
}
