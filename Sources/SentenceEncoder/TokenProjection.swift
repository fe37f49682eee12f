internal import CBLAS

/// Projects the states of tokens to fewer dimensions, so that the states of many passages can be stored.
///
/// A state is centred, projected to the 128 directions of most variance among all-MiniLM-L6-v2's states of ordinary
/// English documents, and brought to length 1. `scripts/fit-token-projection` has found the directions.
public struct TokenProjection: Sendable {
    /// How many numbers a projected state has.
    public static let width = 128

    private let mean: [Float]
    private let directions: [Float]

    /// Returns the projection for states of a width; nil if there is none.
    public init?(inputWidth: Int) {
        let bytes = PackageResources.projection_bin
        let meanEnd = inputWidth * 4
        guard inputWidth > 0, bytes.count == meanEnd + Self.width * (inputWidth + 4) else { return nil }
        func number(at offset: Int) -> Float {
            Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[offset + $1]) << (8 * UInt32($1)) })
        }
        mean = (0..<inputWidth).map { number(at: $0 * 4) }
        directions = (0..<Self.width).flatMap { row in
            let start = meanEnd + row * (inputWidth + 4)
            let scale = number(at: start)
            return (0..<inputWidth).map { Float(Int8(bitPattern: bytes[start + 4 + $0])) * scale }
        }
    }

    /// Projects the states of a text's tokens.
    ///
    /// - Returns: A vector of length 1 for each token, ``width`` numbers wide.
    public func project(_ text: EncodedText) -> QuantizedVectors {
        var projected = QuantizedVectors(width: Self.width)
        let count = text.tokens.count
        guard count > 0, text.width == mean.count else { return projected }
        var states = text.states
        for token in 0..<count {
            for index in 0..<text.width { states[token * text.width + index] -= mean[index] }
        }
        var rows = [Float](repeating: 0, count: count * Self.width)
        let (depth, width) = (Int32(text.width), Int32(Self.width))
        unsafe cblas_sgemm(
            CblasRowMajor,
            CblasNoTrans,
            CblasTrans,
            Int32(count),
            width,
            depth,
            1,
            states,
            depth,
            directions,
            depth,
            0,
            &rows,
            width
        )
        for token in 0..<count {
            projected.append(Array(rows[token * Self.width..<(token + 1) * Self.width]).normalized())
        }
        return projected
    }
}
