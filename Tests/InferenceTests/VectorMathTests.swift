import Foundation
import Testing

@testable import Inference

/// The functions against the same ones in 64 bits.
@Suite struct VectorMathTests {
    private static let numbers = (-400...400).map { Float($0) / 20 } + [-1000, 88, 0, 1e-8, 1000]

    @Test func computesTheGaussianErrorLinearUnit() {
        var row = Self.numbers
        row.withUnsafeMutableBufferPointer { unsafe VectorMath.gelu($0) }
        for (number, result) in zip(Self.numbers, row) {
            let expected = 0.5 * Double(number) * (1 + erf(Double(number) / 2.0.squareRoot()))
            #expect(abs(Double(result) - expected) <= 2e-6 * max(1, abs(expected)), "gelu(\(number))")
        }
    }

    @Test func computesTheHyperbolicTangent() {
        var row = Self.numbers
        row.withUnsafeMutableBufferPointer { unsafe VectorMath.tanh($0) }
        for (number, result) in zip(Self.numbers, row) {
            #expect(abs(Double(result) - tanh(Double(number))) <= 3e-7, "tanh(\(number))")
        }
    }

    @Test(arguments: [1, 7, 8, 9, 250])
    func computesTheSoftmax(count: Int) {
        let numbers = Array(Self.numbers.prefix(count)).map { $0 / 3 }
        var row = numbers
        row.withUnsafeMutableBufferPointer { unsafe VectorMath.softmax($0) }
        let powers = numbers.map { exp(Double($0) - Double(numbers.max() ?? 0)) }
        let sum = powers.reduce(0, +)
        for (power, result) in zip(powers, row) {
            #expect(abs(Double(result) - power / sum) <= 1e-6)
        }
    }

    /// A row whose greatest number stands far above the others is not to become not-a-number.
    @Test func keepsTheSoftmaxOfExtremeNumbersFinite() {
        var row: [Float] = [-1e30, 3e38, 0]
        row.withUnsafeMutableBufferPointer { unsafe VectorMath.softmax($0) }
        #expect(row == [0, 1, 0])
    }

    @Test func normalisesToMeanZeroAndVarianceOne() {
        var row: [Float] = [1, 2, 3, 4, 10]
        let (weight, bias): ([Float], [Float]) = ([1, 1, 1, 1, 2], [0, 0, 0, 0, 1])
        row.withUnsafeMutableBufferPointer { row in
            weight.withUnsafeBufferPointer { weight in
                bias.withUnsafeBufferPointer { bias in
                    unsafe VectorMath.layerNorm(row, weight: weight, bias: bias, epsilon: 0)
                }
            }
        }
        // The mean is 4, the variance 10.
        let expected = [-3, -2, -1, 0, 6].map { $0 / 10.0.squareRoot() }
        for (index, result) in row.enumerated() {
            #expect(abs(Double(result) - (index == 4 ? 2 * expected[4] + 1 : expected[index])) < 1e-6)
        }
    }
}
