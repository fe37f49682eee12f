internal import Inference

/// The parameters of the Universal Sentence Encoder (multilingual, version 3), in their files.
///
/// Each token has 512 numbers in a table, in one byte each. To them come three times 256 numbers, which convolutions make
/// of each token and its neighbours: of 2, 3 and 5 tokens. The sum over the tokens goes through four small layers.
struct NGramModel: Sendable {
    /// A matrix by which rows of numbers are multiplied from the left, and the bias that is added to each product.
    struct Linear: Sendable {
        let weight: Tensor
        let bias: Tensor
        let inputs: Int
        let outputs: Int
    }

    /// A convolution of some neighbouring tokens.
    struct Branch: Sendable {
        /// The number of tokens that it reads.
        let order: Int
        /// How many of them are before the token in question.
        let before: Int
        /// Reduces a token's 512 numbers to 256.
        let projection: Linear
        /// Look at the tokens, one after the other.
        let convolutions: [Linear]
    }

    /// How many numbers of each token are in the table, and how many a vector has.
    static let width = 512
    /// The numbers that a branch computes for each token.
    static let branchWidth = 256
    /// How many numbers each token has with those of all branches.
    static let featureWidth = width + 3 * branchWidth
    /// How many numbers the layers in between have.
    static let hiddenWidth = 320
    /// The number of tokens.
    static let tokens = chunks * chunkRows
    /// The smallest variance that numbers are divided by.
    static let epsilon: Float = 1e-12

    private static let chunks = 17
    private static let chunkRows = 7530

    private let table: [RowFile]
    private let scales: Tensor
    private let offsets: Tensor
    let branches: [Branch]
    /// The scale and shift of the projections' numbers, of all branches together.
    let projectionNorm: (weight: [Float], bias: [Float])
    let norm: (weight: Tensor, bias: Tensor)
    /// Computes a vector from the features of all tokens.
    let output: Linear
    /// The layers behind the sum: in the order in which they are computed.
    let layers: (first: Tensor, second: Tensor, secondSkip: Tensor, third: Tensor, last: Tensor, lastSkip: Tensor)

    /// Opens the model's arrays, in the files of a folder.
    ///
    /// - Throws: ``ModelError``.
    init(folder: String) throws(ModelError) {
        func array(_ name: String, _ shape: Int...) throws(ModelError) -> Tensor {
            try ArrayFile.tensor(at: "\(folder)/\(name).npy", shape: shape)
        }
        let (width, branchWidth, hidden) = (Self.width, Self.branchWidth, Self.hiddenWidth)
        func linear(_ weight: String, _ bias: String, _ inputs: Int, _ outputs: Int) throws(ModelError)
            -> Linear
        {
            Linear(
                weight: try array(weight, inputs, outputs),
                bias: try array(bias, outputs),
                inputs: inputs,
                outputs: outputs
            )
        }
        var table: [RowFile] = []
        for chunk in 1...Self.chunks {
            table.append(try ArrayFile.rows(at: "\(folder)/q\(chunk).npy", Self.chunkRows, width: width))
        }
        self.table = table
        scales = try array("scale", Self.chunks)
        offsets = try array("lo", Self.chunks)
        var branches: [Branch] = []
        var projectionNorm: (weight: [Float], bias: [Float]) = ([], [])
        for (order, before) in [(2, 0), (3, 1), (5, 2)] {
            branches.append(
                Branch(
                    order: order,
                    before: before,
                    projection: try linear("proj\(order)", "proj_b\(order)", width, branchWidth),
                    convolutions: [
                        try linear("w1_\(order)", "b1_\(order)", order * branchWidth, branchWidth),
                        try linear("w2_\(order)", "b2_\(order)", order * branchWidth, branchWidth),
                    ]
                )
            )
            projectionNorm.weight += try array("ln_g\(order)", branchWidth).copied()
            projectionNorm.bias += try array("ln_b\(order)", branchWidth).copied()
        }
        self.branches = branches
        self.projectionNorm = projectionNorm
        norm = (try array("ln_g", Self.featureWidth), try array("ln_b", Self.featureWidth))
        output = try linear("cnn_W", "cnn_b", Self.featureWidth, width)
        layers = (
            first: try array("d0", width, hidden), second: try array("d1", hidden, hidden),
            secondSkip: try array("p1", width, hidden), third: try array("d2", hidden, width),
            last: try array("d3", width, width), lastSkip: try array("p3", hidden, width)
        )
    }

    /// Writes the numbers of a token out of the table.
    func embed(_ token: Int, into row: UnsafeMutableBufferPointer<Float>) {
        let chunk = token % Self.chunks
        let (scale, offset) = unsafe (scales.values[chunk], offsets.values[chunk])
        for (index, value) in table[chunk].row(token / Self.chunks).enumerated() {
            unsafe row[index] = Float(value) * scale + offset
        }
    }
}
