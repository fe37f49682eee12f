/// Functions of neural networks that BLAS does not have, on rows of numbers.
///
/// They compute eight numbers at a time. Their errors are below 3e-7, which is the precision of a 32-bit number here.
package enum VectorMath {
    private typealias Lanes = SIMD8<Float>

    /// Replaces each number `x` by `x * Φ(x)`, the Gaussian error linear unit.
    package static func gelu(_ row: UnsafeMutableBufferPointer<Float>) {
        unsafe row.forEachLanes { x in
            let magnitude = x.replacing(with: -x, where: x .< 0) * Float(0.5).squareRoot()
            // Abramowitz and Stegun, formula 7.1.26.
            let t = 1 / (1 + 0.327_591_1 * magnitude)
            var series = t * 1.061_405_429 - 1.453_152_027
            series = series * t + 1.421_413_741
            series = series * t - 0.284_496_736
            series = series * t + 0.254_829_592
            let erf = 1 - series * t * exponential(-(magnitude * magnitude))
            return 0.5 * x * (1 + erf.replacing(with: -erf, where: x .< 0))
        }
    }

    /// Replaces each number by its hyperbolic tangent.
    package static func tanh(_ row: UnsafeMutableBufferPointer<Float>) {
        unsafe row.forEachLanes { x in
            let magnitude = 1 - 2 / (exponential(2 * x.replacing(with: -x, where: x .< 0)) + 1)
            return magnitude.replacing(with: -magnitude, where: x .< 0)
        }
    }

    /// Replaces the numbers by their softmax: positive numbers of the same order whose sum is 1.
    package static func softmax(_ row: UnsafeMutableBufferPointer<Float>) {
        var maximum = -Float.infinity
        for index in row.indices { maximum = unsafe max(maximum, row[index]) }
        let greatest = maximum
        unsafe row.forEachLanes { exponential($0 - greatest) }
        var sum: Float = 0
        for index in row.indices { sum += unsafe row[index] }
        let scale = 1 / sum
        for index in row.indices { unsafe row[index] *= scale }
    }

    /// Adds numbers to as many others.
    package static func add(_ numbers: UnsafeBufferPointer<Float>, to row: UnsafeMutableBufferPointer<Float>) {
        for index in row.indices { unsafe row[index] += numbers[index] }
    }

    /// Replaces the numbers by those of mean 0 and variance 1, times a weight and plus a bias for each place.
    package static func layerNorm(
        _ row: UnsafeMutableBufferPointer<Float>,
        weight: UnsafeBufferPointer<Float>,
        bias: UnsafeBufferPointer<Float>,
        epsilon: Float
    ) {
        let count = Float(row.count)
        var sum: Float = 0
        for index in row.indices { sum += unsafe row[index] }
        let mean = sum / count
        var squares: Float = 0
        for index in row.indices { squares += unsafe (row[index] - mean) * (row[index] - mean) }
        let scale = 1 / (squares / count + epsilon).squareRoot()
        for index in row.indices {
            unsafe row[index] = (row[index] - mean) * scale * weight[index] + bias[index]
        }
    }

    /// Returns e to the power of each number; numbers below -87 give 0.
    @inline(__always)
    private static func exponential(_ x: Lanes) -> Lanes {
        let clamped = x.replacing(with: 88, where: x .> 88).replacing(with: -87.3, where: x .< -87.3)
        // x = n * ln 2 + r with |r| <= ln 2 / 2, and ln 2 in two parts, so that r keeps all its bits. A number near 1.5 * 2^23
        // has no bits for fractions: adding that rounds, and the lowest bits of the sum are those of n.
        let magic: Float = 12_582_912
        let shifted = clamped * 1.442_695_04 + magic
        let n = shifted - magic
        let r = clamped - n * 0.693_359_375 + n * 2.121_944_4e-4
        var series = r * 1.987_569_15e-4 + 1.398_199_95e-3
        series = series * r + 8.333_451_9e-3
        series = series * r + 4.166_579_6e-2
        series = series * r + 1.666_666_55e-1
        series = series * r + 5.000_000_1e-1
        let power = series * r * r + r + 1
        let whole = unsafe unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- Int32(bitPattern: magic.bitPattern)
        let exponent = (whole &+ 127) &<< 23
        let result = unsafe power * unsafeBitCast(exponent, to: Lanes.self)
        return result.replacing(with: 0, where: x .< -87.3)
    }
}

extension UnsafeMutableBufferPointer<Float> {
    /// Replaces the numbers by the results of `body`, eight at a time.
    @inline(__always)
    fileprivate func forEachLanes(_ body: (SIMD8<Float>) -> SIMD8<Float>) {
        var index = 0
        while index + 8 <= count {
            var lanes = SIMD8<Float>()
            for lane in 0..<8 { unsafe lanes[lane] = self[index + lane] }
            lanes = body(lanes)
            for lane in 0..<8 { unsafe self[index + lane] = lanes[lane] }
            index += 8
        }
        guard index < count else { return }
        var lanes = SIMD8<Float>()
        for lane in 0..<(count - index) { unsafe lanes[lane] = self[index + lane] }
        lanes = body(lanes)
        for lane in 0..<(count - index) { unsafe self[index + lane] = lanes[lane] }
    }
}
