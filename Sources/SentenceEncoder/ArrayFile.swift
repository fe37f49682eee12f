internal import Inference

/// Reads arrays of numbers from files in NumPy's format (`.npy`).
///
/// The format is described at https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html: a magic number and
/// the length of the header, the header as text, and the numbers. The values stay in the mapping of the file.
enum ArrayFile {
    /// Opens a file of 32-bit floating-point numbers.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - shape: The shape that the array has to have.
    /// - Returns: The array in row-major order.
    /// - Throws: ``ModelError`` with the code `unreadable`, `malformed`, or `unsupported` for another array.
    static func tensor(at path: String, shape: [Int]) throws(ModelError) -> Tensor {
        let (file, offset) = try open(path, type: "<f4", size: 4, shape: shape)
        return unsafe Tensor(
            file: file,
            values: UnsafeBufferPointer(
                start: file.bytes.baseAddress?.advanced(by: offset).assumingMemoryBound(to: Float.self),
                count: shape.reduce(1, *)
            )
        )
    }

    /// Opens a file of rows of bytes.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - rows: How many rows the array has to have.
    ///   - width: How many bytes a row has to have.
    /// - Returns: The rows.
    /// - Throws: As ``tensor(at:shape:)``.
    static func rows(at path: String, _ rows: Int, width: Int) throws(ModelError) -> RowFile {
        let (_, offset) = try open(path, type: "|u1", size: 1, shape: [rows, width])
        return try RowFile(path: path, offset: offset, width: width)
    }

    private static func open(
        _ path: String,
        type: String,
        size: Int,
        shape: [Int]
    ) throws(ModelError) -> (MappedFile, offset: Int) {
        let file = try MappedFile(path: path)
        let bytes = unsafe file.bytes
        guard bytes.count > 10, unsafe bytes.starts(with: [0x93] + Array("NUMPY".utf8)), unsafe bytes[6] == 1 else {
            throw ModelError(.malformed, "“\(path)” is not an array of NumPy’s format 1")
        }
        let offset = unsafe 10 + Int(bytes[8]) + Int(bytes[9]) << 8
        let count = shape.reduce(1, *)
        guard offset + count * size == bytes.count, offset % size == 0 else {
            throw ModelError(.malformed, "“\(path)” does not hold \(count) numbers of \(size) bytes")
        }
        let header = unsafe String(decoding: bytes[10..<offset], as: UTF8.self)
        let sizes = shape.count == 1 ? "(\(shape[0]),)" : "(\(shape.map(String.init).joined(separator: ", ")))"
        for part in ["'descr': '\(type)'", "'fortran_order': False", "'shape': \(sizes)"] where !header.contains(part) {
            throw ModelError(.unsupported, "“\(path)” is another array than the model’s: it lacks \(part)")
        }
        return (file, offset)
    }
}
