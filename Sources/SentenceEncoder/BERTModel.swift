internal import FoundationEssentials
internal import Inference

/// The parameters of a BERT model, in the mapping of its file.
struct BERTModel: Sendable {
    /// The shape of a model, from its `config.json`.
    struct Shape: Sendable, Decodable {
        let hidden_size: Int
        let intermediate_size: Int
        let num_hidden_layers: Int
        let num_attention_heads: Int
        let max_position_embeddings: Int
        let vocab_size: Int
        let type_vocab_size: Int
        let layer_norm_eps: Float
        let model_type: String
        let hidden_act: String

        /// Whether this module can run a model of this shape.
        fileprivate var isSupported: Bool {
            let sizes = [hidden_size, intermediate_size, num_hidden_layers, num_attention_heads, vocab_size]
            return model_type == "bert" && hidden_act == "gelu" && sizes.allSatisfy { (1...1_000_000).contains($0) }
                && (3...1_000_000).contains(max_position_embeddings) && (1...16).contains(type_vocab_size)
                && hidden_size % num_attention_heads == 0
        }
    }

    /// A matrix by which rows of numbers are multiplied, and the bias that is added to each product.
    struct Linear: Sendable {
        let weight: Tensor
        let bias: Tensor
        let inputs: Int
        let outputs: Int
    }

    /// The scale and shift of a layer normalisation.
    struct Norm: Sendable {
        let weight: Tensor
        let bias: Tensor
    }

    /// One layer: attention, and the two matrices behind it.
    struct Layer: Sendable {
        let query: Linear
        let key: Linear
        let value: Linear
        let attentionOutput: Linear
        let attentionNorm: Norm
        let intermediate: Linear
        let output: Linear
        let outputNorm: Norm
    }

    let shape: Shape
    let words: Tensor
    let positions: Tensor
    let types: Tensor
    let norm: Norm
    let layers: [Layer]

    /// Reads `config.json` and `model.safetensors` of a folder.
    ///
    /// - Throws: ``ModelError``.
    init(folder: String) throws(ModelError) {
        let shape = try Self.shape(in: "\(folder)/config.json")
        let file = try TensorFile(path: "\(folder)/model.safetensors")
        let width = shape.hidden_size
        func linear(_ name: String, _ inputs: Int, _ outputs: Int) throws(ModelError) -> Linear {
            Linear(
                weight: try file.tensor("\(name).weight", shape: [outputs, inputs]),
                bias: try file.tensor("\(name).bias", shape: [outputs]),
                inputs: inputs,
                outputs: outputs
            )
        }
        func norm(_ name: String) throws(ModelError) -> Norm {
            Norm(
                weight: try file.tensor("\(name).weight", shape: [width]),
                bias: try file.tensor("\(name).bias", shape: [width])
            )
        }
        self.shape = shape
        words = try file.tensor("embeddings.word_embeddings.weight", shape: [shape.vocab_size, width])
        positions = try file.tensor(
            "embeddings.position_embeddings.weight",
            shape: [shape.max_position_embeddings, width]
        )
        types = try file.tensor("embeddings.token_type_embeddings.weight", shape: [shape.type_vocab_size, width])
        self.norm = try norm("embeddings.LayerNorm")
        var layers: [Layer] = []
        for number in 0..<shape.num_hidden_layers {
            let name = "encoder.layer.\(number)"
            layers.append(
                Layer(
                    query: try linear("\(name).attention.self.query", width, width),
                    key: try linear("\(name).attention.self.key", width, width),
                    value: try linear("\(name).attention.self.value", width, width),
                    attentionOutput: try linear("\(name).attention.output.dense", width, width),
                    attentionNorm: try norm("\(name).attention.output.LayerNorm"),
                    intermediate: try linear("\(name).intermediate.dense", width, shape.intermediate_size),
                    output: try linear("\(name).output.dense", shape.intermediate_size, width),
                    outputNorm: try norm("\(name).output.LayerNorm")
                )
            )
        }
        self.layers = layers
    }

    private static func shape(in path: String) throws(ModelError) -> Shape {
        let file = try MappedFile(path: path)
        guard let shape = unsafe try? JSONDecoder().decode(Shape.self, from: Data(file.bytes)) else {
            throw ModelError(.malformed, "“\(path)” does not describe a BERT model")
        }
        guard shape.isSupported else {
            throw ModelError(.unsupported, "“\(path)” describes a model that cannot be run here")
        }
        return shape
    }
}
