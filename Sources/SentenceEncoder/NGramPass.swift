internal import CBLAS
internal import Inference

/// One run of the n-gram model over the tokens of one text.
///
/// It owns the memory that the run needs, about 10 KB a token, and uses one thread.
@safe
struct NGramPass: ~Copyable {
    private let model: NGramModel
    private let count: Int
    private let memory: UnsafeMutablePointer<Float>
    private let features: UnsafeMutablePointer<Float>
    private let projected: UnsafeMutablePointer<Float>
    private let hidden: UnsafeMutablePointer<Float>

    private static let width = NGramModel.width
    private static let branchWidth = NGramModel.branchWidth
    private static let featureWidth = NGramModel.featureWidth
    private static let projectedWidth = 3 * NGramModel.branchWidth

    /// Allocates the memory for `count` tokens, at least one.
    init(model: NGramModel, count: Int) {
        self.model = model
        self.count = count
        unsafe memory = .allocate(capacity: count * (Self.featureWidth + Self.projectedWidth + Self.branchWidth))
        unsafe features = memory
        unsafe projected = features + count * Self.featureWidth
        unsafe hidden = projected + count * Self.projectedWidth
    }

    deinit {
        unsafe memory.deallocate()
    }

    /// Returns the contributions of some ranges of the tokens to a vector, one after another, 512 numbers each.
    ///
    /// - Parameters:
    ///   - ranges: The ranges.
    ///   - tokens: The numbers of as many tokens as there is memory for, all in the vocabulary.
    /// - Returns: For each range the sum over its tokens.
    mutating func sums(over ranges: [Range<Int>], of tokens: [Int]) -> [Float] {
        for (row, token) in tokens.enumerated() {
            unsafe model.embed(token, into: UnsafeMutableBufferPointer(start: feature(row), count: Self.width))
        }
        project()
        for place in model.branches.indices { look(place) }
        for row in 0..<count {
            unsafe VectorMath.layerNorm(
                UnsafeMutableBufferPointer(start: feature(row), count: Self.featureWidth),
                weight: model.norm.weight.values,
                bias: model.norm.bias.values,
                epsilon: NGramModel.epsilon
            )
        }
        return model.outputs(of: ranges.flatMap { sum(over: $0) }, counts: ranges.map(\.count))
    }

    private func sum(over rows: Range<Int>) -> [Float] {
        var sum = [Float](repeating: 0, count: Self.featureWidth)
        for row in rows {
            let values = unsafe feature(row)
            for index in 0..<Self.featureWidth { sum[index] += unsafe values[index] }
        }
        return sum
    }

    private func feature(_ row: Int) -> UnsafeMutablePointer<Float> {
        unsafe features + row * Self.featureWidth
    }

    /// Computes the input of the branches.
    private func project() {
        for (place, branch) in model.branches.enumerated() {
            let result = unsafe projected + place * Self.branchWidth
            let projection = branch.projection
            unsafe fill(result, stride: Self.projectedWidth, with: projection.bias)
            unsafe multiply(
                features,
                stride: Self.featureWidth,
                by: projection.weight.values.baseAddress,
                inputs: Self.width,
                into: result,
                stride: Self.projectedWidth,
                rows: count
            )
        }
        unsafe model.projectionNorm.weight.withUnsafeBufferPointer { weight in
            unsafe model.projectionNorm.bias.withUnsafeBufferPointer { bias in
                for row in 0..<count {
                    unsafe VectorMath.layerNorm(
                        UnsafeMutableBufferPointer(
                            start: projected + row * Self.projectedWidth,
                            count: Self.projectedWidth
                        ),
                        weight: weight,
                        bias: bias,
                        epsilon: NGramModel.epsilon
                    )
                }
            }
        }
    }

    /// Computes the features of a branch.
    private func look(_ place: Int) {
        let branch = model.branches[place]
        let input = unsafe projected + place * Self.branchWidth
        let output = unsafe features + Self.width + place * Self.branchWidth
        unsafe convolve(
            input,
            stride: Self.projectedWidth,
            branch,
            branch.convolutions[0],
            into: hidden,
            stride: Self.branchWidth
        )
        unsafe convolve(
            hidden,
            stride: Self.branchWidth,
            branch,
            branch.convolutions[1],
            into: output,
            stride: Self.featureWidth
        )
    }

    /// Adds to each row the convolution of it and its neighbours, where that is positive.
    private func convolve(
        _ input: UnsafeMutablePointer<Float>,
        stride inputStride: Int,
        _ branch: NGramModel.Branch,
        _ convolution: NGramModel.Linear,
        into result: UnsafeMutablePointer<Float>,
        stride: Int
    ) {
        let size = Self.branchWidth * Self.branchWidth
        unsafe fill(result, stride: stride, with: convolution.bias)
        for neighbour in 0..<branch.order {
            let shift = neighbour - branch.before
            let (first, end) = (max(0, -shift), min(count, count - shift))
            guard first < end else { continue }
            unsafe multiply(
                input + (first + shift) * inputStride,
                stride: inputStride,
                by: convolution.weight.values.baseAddress?.advanced(by: neighbour * size),
                inputs: Self.branchWidth,
                into: result + first * stride,
                stride: stride,
                rows: end - first
            )
        }
        for row in 0..<count {
            for index in 0..<Self.branchWidth {
                let value = unsafe result[row * stride + index]
                unsafe result[row * stride + index] = max(0, value) + input[row * inputStride + index]
            }
        }
    }

    private func fill(_ rows: UnsafeMutablePointer<Float>, stride: Int, with bias: Tensor) {
        guard let values = unsafe bias.values.baseAddress else { return }
        for row in 0..<count { unsafe (rows + row * stride).update(from: values, count: Self.branchWidth) }
    }

    /// Adds the products of rows and a matrix to other rows, which are as wide as a branch.
    private func multiply(
        _ rows: UnsafeMutablePointer<Float>,
        stride rowStride: Int,
        by matrix: UnsafePointer<Float>?,
        inputs: Int,
        into result: UnsafeMutablePointer<Float>,
        stride: Int,
        rows count: Int
    ) {
        unsafe cblas_sgemm(
            CblasRowMajor,
            CblasNoTrans,
            CblasNoTrans,
            Int32(count),
            Int32(Self.branchWidth),
            Int32(inputs),
            1,
            rows,
            Int32(rowStride),
            matrix,
            Int32(Self.branchWidth),
            1,
            result,
            Int32(stride)
        )
    }
}

extension NGramModel {
    /// Multiplies sums of features by the output's matrix and adds its bias for each token.
    fileprivate func outputs(of sums: [Float], counts: [Int]) -> [Float] {
        let bias = output.bias.copied()
        var results = counts.flatMap { count in bias.map { $0 * Float(count) } }
        Self.add(sums, by: output.weight, to: &results, rows: counts.count)
        return results
    }

    /// Returns the vectors, of length 1, of texts or parts of texts.
    ///
    /// - Parameters:
    ///   - sums: For each the sum of its tokens' states, divided by the square root of their number, one after another.
    ///   - count: Their number.
    /// - Returns: The vectors, one after another.
    func vectors(of sums: [Float], count: Int) -> [Float] {
        var first = [Float](repeating: 0, count: count * Self.hiddenWidth)
        Self.add(sums, by: layers.first, to: &first, rows: count)
        var second = [Float](repeating: 0, count: count * Self.hiddenWidth)
        Self.add(sums, by: layers.secondSkip, to: &second, rows: count)
        Self.add(first.map { max(0, $0) }, by: layers.second, to: &second, rows: count)
        for index in second.indices { second[index] = max(0, second[index]) }
        var third = [Float](repeating: 0, count: count * Self.width)
        Self.add(second, by: layers.third, to: &third, rows: count)
        var last = [Float](repeating: 0, count: count * Self.width)
        Self.add(second, by: layers.lastSkip, to: &last, rows: count)
        Self.add(third.map { max(0, $0) }, by: layers.last, to: &last, rows: count)
        unsafe last.withUnsafeMutableBufferPointer { unsafe VectorMath.tanh($0) }
        return (0..<count).flatMap { Array(last[$0 * Self.width..<($0 + 1) * Self.width]).normalized() }
    }

    /// Adds the product of rows and a matrix to other rows.
    fileprivate static func add(_ rows: [Float], by matrix: Tensor, to result: inout [Float], rows count: Int) {
        guard count > 0 else { return }
        let (inputs, outputs) = (Int32(rows.count / count), Int32(result.count / count))
        unsafe cblas_sgemm(
            CblasRowMajor,
            CblasNoTrans,
            CblasNoTrans,
            Int32(count),
            outputs,
            inputs,
            1,
            rows,
            inputs,
            matrix.values.baseAddress,
            outputs,
            1,
            &result,
            outputs
        )
    }
}
