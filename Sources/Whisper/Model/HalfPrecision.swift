/// Numbers of 16 bits, as IEEE 754 defines them.
enum HalfPrecision {
    /// Converts finite little-endian numbers of 16 bits to such of 32 bits.
    ///
    /// - Parameters:
    ///   - bytes: The numbers, two bytes each.
    ///   - result: Where as many numbers go.
    static func convert(_ bytes: UnsafeRawBufferPointer, to result: UnsafeMutablePointer<Float>) {
        let count = bytes.count / 2
        for index in 0..<count {
            let half = unsafe UInt32(
                UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
            )
            // Sign, exponent and fraction are at the places of 32 bits. The product moves the exponent from the bias 15 to 127, and
            // gives numbers without a leading 1 theirs.
            let magnitude = Float(bitPattern: (half & 0x7FFF) << 13) * 0x1p112
            unsafe result[index] = Float(bitPattern: magnitude.bitPattern | (half & 0x8000) << 16)
        }
    }
}
