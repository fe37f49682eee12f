internal import FoundationEssentials
internal import Inference

/// A file of named tensors in the safetensors format.
///
/// The format is described at https://huggingface.co/docs/safetensors:
/// eight bytes hold the header's length as a little-endian integer, the header is a JSON object of the tensors' types,
/// shapes and places, and their values follow. Only 32-bit floating-point tensors are read.
@safe
struct TensorFile: Sendable {
    private struct Entry: Decodable {
        let dtype: String?
        let shape: [Int]?
        let data_offsets: [Int]?
    }

    private let file: MappedFile
    private let entries: [String: (offset: Int, shape: [Int])]
    private let path: String

    /// Reads the header of the file at a path.
    ///
    /// - Throws: ``ModelError`` with the code `unreadable` or `malformed`.
    init(path: String) throws(ModelError) {
        self.path = path
        file = try MappedFile(path: path)
        let bytes = unsafe file.bytes
        guard bytes.count > 8 else { throw Self.malformed(path) }
        let length = unsafe Int(
            clamping: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
        )
        let dataStart = 8 &+ length
        guard length > 0, dataStart > 8, dataStart < bytes.count else { throw Self.malformed(path) }
        let header = unsafe Data(bytes[8..<dataStart])
        guard let tensors = try? JSONDecoder().decode([String: Entry].self, from: header) else {
            throw Self.malformed(path)
        }
        var entries: [String: (offset: Int, shape: [Int])] = [:]
        for (name, entry) in tensors where entry.dtype == "F32" {
            guard let shape = entry.shape, let offsets = entry.data_offsets, offsets.count == 2, offsets[0] >= 0,
                offsets[0] <= offsets[1], offsets[1] <= bytes.count - dataStart, (dataStart + offsets[0]) % 4 == 0,
                let count = Self.product(shape), count == (offsets[1] - offsets[0]) / 4
            else { throw Self.malformed(path) }
            entries[name] = (dataStart + offsets[0], shape)
        }
        self.entries = entries
    }

    /// Returns the tensor of a name.
    ///
    /// - Parameters:
    ///   - name: The tensor's name.
    ///   - shape: The shape that it has to have.
    /// - Returns: The tensor, whose values are in the file's mapping.
    /// - Throws: ``ModelError`` with the code `unsupported`, if there is no tensor of that name and shape.
    func tensor(_ name: String, shape: [Int]) throws(ModelError) -> Tensor {
        guard let entry = entries[name], entry.shape == shape else {
            throw ModelError(.unsupported, "“\(path)” has no tensor \(name) of shape \(shape)")
        }
        let count = shape.reduce(1, *)
        return unsafe Tensor(
            file: file,
            values: UnsafeBufferPointer(
                start: file.bytes.baseAddress?.advanced(by: entry.offset).assumingMemoryBound(to: Float.self),
                count: count
            )
        )
    }

    private static func product(_ shape: [Int]) -> Int? {
        var product = 1
        for size in shape {
            let (value, overflow) = product.multipliedReportingOverflow(by: size)
            guard size >= 0, !overflow else { return nil }
            product = value
        }
        return product
    }

    private static func malformed(_ path: String) -> ModelError {
        ModelError(.malformed, "“\(path)” is not a whole safetensors file")
    }
}

/// The values of one tensor, in row-major order, in the file's mapping.
///
/// `@unchecked Sendable`: `values` leads into the read-only mapping of `file`, which lives as long as the tensor.
@safe
struct Tensor: @unchecked Sendable {
    /// Keeps the mapping alive, which is read-only, so that several threads may read `values`.
    let file: MappedFile
    let values: UnsafeBufferPointer<Float>

    /// Returns the values outside the mapping.
    func copied() -> [Float] {
        withExtendedLifetime(file) { unsafe Array(values) }
    }
}
