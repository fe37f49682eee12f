/// An encoded text: one vector for the whole, and the state of each token.
public struct EncodedText: Sendable {
    /// The number of components of a vector.
    public let width: Int

    /// The mean of all states, of length 1; its scalar product with another text's is the cosine of both.
    public let vector: [Float]

    /// The places of the tokens in the text, as offsets of UTF-8 bytes, in ascending order.
    ///
    /// A text that is longer than the encoder's limit has places for its beginning only.
    public let tokens: [Range<Int>]

    /// The states of the tokens one after another, ``width`` numbers each, not normalised.
    public let states: [Float]

    /// Returns the normalised mean of the states of the tokens that begin inside a part of the text.
    ///
    /// - Parameter range: Offsets of UTF-8 bytes in the text.
    /// - Returns: A vector of length 1, or nil if no token begins there.
    public func vector(of range: Range<Int>) -> [Float]? {
        let first = tokens.partitionIndex { $0.lowerBound >= range.lowerBound }
        let end = tokens.partitionIndex { $0.lowerBound >= range.upperBound }
        guard first < end else { return nil }
        var sum = [Float](repeating: 0, count: width)
        for token in first..<end {
            for index in 0..<width { sum[index] += states[token * width + index] }
        }
        return sum.normalized()
    }
}

extension [Range<Int>] {
    /// Returns the index of the first element for which `isBehind` is true; it is false for all before and true for
    /// all after it.
    fileprivate func partitionIndex(_ isBehind: (Range<Int>) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension [Float] {
    /// Returns the vector of the same direction and of length 1; a vector of zeros stays as it is.
    func normalized() -> [Float] {
        var squares: Float = 0
        for value in self { squares += value * value }
        guard squares > 0 else { return self }
        let scale = 1 / squares.squareRoot()
        return map { $0 * scale }
    }
}
