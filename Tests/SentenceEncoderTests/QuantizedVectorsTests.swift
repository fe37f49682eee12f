import Testing

@testable import SentenceEncoder

@Suite struct QuantizedVectorsTests {
    @Test func keepsProductsOfUnitVectors() {
        var random = SplitMix(state: 7)
        let vectors = (0..<20).map { _ in (0..<384).map { _ in Float.random(in: -1...1, using: &random) }.normalized() }
        var quantized = QuantizedVectors(width: 384)
        for vector in vectors { quantized.append(vector) }
        let products = quantized.products(with: quantized)
        #expect(products.count == 400)
        for row in vectors.indices {
            for column in vectors.indices {
                let exact = zip(vectors[row], vectors[column]).map { $0 * $1 }.reduce(0, +)
                #expect(abs(products[row * 20 + column] - exact) < 0.01)
            }
        }
    }

    @Test func comesBackFromBytes() {
        var vectors = QuantizedVectors(width: 3)
        vectors.append([1, -0.5, 0, 0, 0, 0, -7, 3, 2, 99])
        #expect(vectors.count == 3)
        #expect(vectors.bytes.count == 3 * 7)
        #expect(QuantizedVectors(bytes: vectors.bytes, width: 3) == vectors)
        #expect(QuantizedVectors(bytes: vectors.bytes.dropLast(), width: 3) == nil)
        #expect(QuantizedVectors(bytes: [], width: 3)?.count == 0)
    }

    @Test func multipliesNothingOfAnotherWidth() {
        var (narrow, wide) = (QuantizedVectors(width: 2), QuantizedVectors(width: 3))
        narrow.append([1, 2])
        wide.append([1, 2, 3])
        #expect(narrow.products(with: wide).isEmpty)
        #expect(narrow.products(of: 0..<1, with: wide).isEmpty)
        #expect(QuantizedVectors(width: 2, joining: [wide, narrow, narrow]).count == 2)
    }

    /// Products are the same to the last bit, however many vectors are multiplied at a time and however wide they are.
    @Test(arguments: [3, 128, 384, 512, 513, 1_000])
    func multipliesAnyNumberOfVectors(width: Int) {
        var random = SplitMix(state: 11)
        let vectors = (0..<50).map { _ in
            var vectors = QuantizedVectors(width: width)
            vectors.append((0..<width).map { _ in Float.random(in: -1...1, using: &random) })
            return vectors
        }
        let joined = QuantizedVectors(width: width, joining: vectors)
        let others = QuantizedVectors(width: width, joining: Array(vectors.prefix(3)))
        let products = joined.products(with: others)
        #expect(products == vectors.flatMap { vector in vectors.prefix(3).flatMap { vector.products(with: $0) } })
        for (column, other) in vectors.prefix(3).enumerated() {
            let expected = vectors.indices.map { products[$0 * 3 + column] }
            #expect(joined.products(of: 0..<50, with: other) == expected)
            #expect(joined.products(of: 7..<31, with: other) == Array(expected[7..<31]))
            #expect(joined.products(of: 7..<7, with: other).isEmpty)
        }
    }
}

/// A generator of the same numbers in each run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
