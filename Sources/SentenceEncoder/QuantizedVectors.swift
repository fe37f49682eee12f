internal import CDotProducts

/// Vectors of equal width in one byte a number, to store many of them and compare them quickly.
///
/// Each vector has a scale of its own, so that a cosine computed from two of them is off by less than 0.01.
public struct QuantizedVectors: Sendable, Equatable {
    /// How many numbers each vector has.
    public let width: Int
    private var scales: [Float] = []
    private var values: [Int8] = []

    /// Creates an empty collection of vectors of a width.
    public init(width: Int) {
        self.width = width
    }

    /// Creates a collection of the vectors of others, those of the same width, in no more memory than they need.
    public init(width: Int, joining others: [QuantizedVectors]) {
        self.init(width: width)
        scales.reserveCapacity(others.reduce(0) { $0 + $1.scales.count })
        values.reserveCapacity(others.reduce(0) { $0 + $1.values.count })
        for other in others { append(other) }
    }

    /// The number of vectors.
    public var count: Int { scales.count }

    /// Adds vectors, which follow each other in `numbers`, ``width`` numbers each.
    ///
    /// - Parameter numbers: The numbers, finite ones; numbers after the last whole vector are ignored.
    public mutating func append(_ numbers: [Float]) {
        for start in stride(from: 0, through: numbers.count - width, by: width) {
            var greatest: Float = 0
            for index in start..<(start + width) { greatest = max(greatest, abs(numbers[index])) }
            let scale = greatest / 127
            scales.append(scale)
            for index in start..<(start + width) {
                values.append(scale > 0 ? Int8((numbers[index] / scale).rounded()) : 0)
            }
        }
    }

    /// Adds the vectors of another collection of the same width.
    public mutating func append(_ other: QuantizedVectors) {
        guard other.width == width else { return }
        scales.append(contentsOf: other.scales)
        values.append(contentsOf: other.values)
    }

    /// Returns the scalar products of each of these vectors with each of others of the same width.
    ///
    /// - Returns: One row for each of these vectors, one after another, with a number for each of the others.
    public func products(with others: QuantizedVectors) -> [Float] {
        guard others.width == width, count > 0, others.count > 0 else { return [] }
        var products = [Float](repeating: 0, count: count * others.count)
        unsafe scaled_products(values, scales, count, others.values, others.scales, others.count, width, &products)
        return products
    }

    /// Returns the scalar products of some of these vectors, of which there may be very many, with another vector.
    ///
    /// - Parameters:
    ///   - places: The places of these vectors.
    ///   - other: One vector of the same width.
    /// - Returns: A number for each place; none if there is no other vector of the same width.
    public func products(of places: Range<Int>, with other: QuantizedVectors) -> [Float] {
        guard other.width == width, let scale = other.scales.first, !places.isEmpty else { return [] }
        precondition(scales.indices.contains(places.lowerBound) && places.upperBound <= count)
        var products = [Float](repeating: 0, count: places.count)
        unsafe values.withUnsafeBufferPointer { values in
            unsafe scales.withUnsafeBufferPointer { scales in
                guard let rows = values.baseAddress, let rowScales = scales.baseAddress else { return }
                unsafe scaled_products_with_one(
                    rows + places.lowerBound * width,
                    rowScales + places.lowerBound,
                    places.count,
                    other.values,
                    scale,
                    width,
                    &products
                )
            }
        }
        return products
    }
}

extension QuantizedVectors {
    /// The vectors as bytes: of each vector its scale, a little-endian 32-bit number, and then its values.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * (width + 4))
        for row in 0..<count {
            let scale = scales[row].bitPattern
            for shift in stride(from: UInt32(0), to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: scale >> shift))
            }
            for index in row * width..<(row + 1) * width { bytes.append(UInt8(bitPattern: values[index])) }
        }
        return bytes
    }

    /// Reads vectors from the form of ``bytes``; nil if the bytes are no whole number of vectors.
    public init?(bytes: some Collection<UInt8>, width: Int) {
        guard width > 0, bytes.count % (width + 4) == 0 else { return nil }
        self.init(width: width)
        let isRead: Bool? = bytes.withContiguousStorageIfAvailable { source in
            unsafe read(UnsafeRawBufferPointer(source))
            return true
        }
        if isRead == nil { unsafe Array(bytes).withUnsafeBytes { unsafe read($0) } }
    }

    private mutating func read(_ source: UnsafeRawBufferPointer) {
        let (width, count) = (width, source.count / (width + 4))
        scales.reserveCapacity(count)
        values = [Int8](repeating: 0, count: count * width)
        unsafe values.withUnsafeMutableBytes { target in
            for row in 0..<count {
                let start = row * (width + 4)
                let scale = unsafe source.loadUnaligned(fromByteOffset: start, as: UInt32.self)
                scales.append(Float(bitPattern: UInt32(littleEndian: scale)))
                let own = unsafe source[(start + 4)..<(start + 4 + width)]
                unsafe UnsafeMutableRawBufferPointer(rebasing: target[(row * width)..<((row + 1) * width)])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: own))
            }
        }
    }
}
