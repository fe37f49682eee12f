internal import Inference

/// A file of named variables in the format of CTranslate2, version 6.
///
/// The format is that of `ModelSpec._serialize` in CTranslate2's Python package, little-endian: the version, the model's kind
/// and its revision, the number of variables, and of each variable its name, its rank and sizes, its type, the number of its
/// bytes, and its values. Names that stand for other variables follow, which are not read here.
@safe
struct ModelFile {
    /// The types of numbers that are read, by their number in the file.
    enum NumberType: UInt8 {
        case int16 = 2
        case float16 = 4
    }

    private struct Variable {
        let shape: [Int]
        let type: NumberType?
        let bytes: Range<Int>

        var count: Int { shape.reduce(1, *) }
    }

    /// The file's path, for messages.
    let path: String
    private let file: MappedFile
    private let variables: [String: Variable]

    /// Reads the names and places of the variables of the file at a path.
    ///
    /// - Throws: ``ModelError`` with the code `unreadable`, `malformed` or `unsupported`.
    init(path: String) throws(ModelError) {
        self.path = path
        file = try MappedFile(path: path)
        var cursor = unsafe ByteCursor(file.bytes)
        guard let version = cursor.integer(UInt32.self), version == 6, let kind = cursor.text() else {
            throw ModelError(.malformed, "“\(path)” is not a model in the format of CTranslate2, version 6")
        }
        guard kind == "WhisperSpec" else {
            throw ModelError(.unsupported, "“\(path)” is a model of another kind: \(kind)")
        }
        guard let variables = Self.variables(&cursor) else { throw ModelError(.malformed, "“\(path)” is not whole") }
        self.variables = variables
    }

    private static func variables(_ cursor: inout ByteCursor) -> [String: Variable]? {
        var variables: [String: Variable] = [:]
        guard cursor.integer(UInt32.self) != nil, let count = cursor.integer(UInt32.self) else { return nil }
        for _ in 0..<count {
            guard let name = cursor.text(), let rank = cursor.integer(UInt8.self), rank <= 4 else { return nil }
            var shape: [Int] = []
            for _ in 0..<rank {
                guard let size = cursor.integer(UInt32.self), size <= 1_000_000 else { return nil }
                shape.append(Int(size))
            }
            guard let type = cursor.integer(UInt8.self), let size = cursor.integer(UInt32.self),
                let bytes = cursor.skip(Int(size))
            else { return nil }
            variables[name] = Variable(shape: shape, type: NumberType(rawValue: type), bytes: bytes)
        }
        return variables
    }

    /// How many floating-point numbers the file holds.
    var numberCount: Int {
        variables.values.reduce(0) { $0 + ($1.type == .float16 ? $1.bytes.count / 2 : 0) }
    }

    /// The sizes of the variable of a name; nil if there is none of 16-bit floating-point numbers.
    func shape(of name: String) -> [Int]? {
        variables[name].flatMap { $0.type == .float16 ? $0.shape : nil }
    }

    /// The integer of a name; nil if there is none.
    func integer(_ name: String) -> Int? {
        guard let variable = variables[name], variable.type == .int16, variable.bytes.count == 2 else { return nil }
        return unsafe Int(file.bytes.loadUnaligned(fromByteOffset: variable.bytes.lowerBound, as: Int16.self))
    }

    /// Reads the numbers of a variable into memory.
    ///
    /// - Parameters:
    ///   - name: The variable's name.
    ///   - shape: The shape that it has to have.
    ///   - memory: Where the numbers go.
    /// - Returns: The numbers: as many rows as the first size says, or one row of a vector.
    /// - Throws: ``ModelError`` with the code `unsupported`, if there is no variable of that name and shape.
    func matrix(_ name: String, shape: [Int], in memory: FloatMemory) throws(ModelError) -> Matrix {
        guard let variable = variables[name], variable.type == .float16, variable.shape == shape,
            variable.bytes.count == 2 * variable.count
        else { throw ModelError(.unsupported, "“\(path)” has no 16-bit variable \(name) of shape \(shape)") }
        let rows = shape.count > 1 ? shape[0] : 1
        let result = memory.matrix(rows: rows, columns: variable.count / max(rows, 1))
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: file.bytes[variable.bytes])
        unsafe HalfPrecision.convert(bytes, to: result.start)
        return result
    }
}

/// Reads integers and texts one after another.
///
/// Each function returns nil where the bytes end too early.
@safe
private struct ByteCursor {
    private let bytes: UnsafeRawBufferPointer
    private var place = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.bytes = bytes
    }

    mutating func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer? {
        guard let range = skip(MemoryLayout<Integer>.size) else { return nil }
        return unsafe Integer(littleEndian: bytes.loadUnaligned(fromByteOffset: range.lowerBound, as: Integer.self))
    }

    /// A text with its length before it and a zero byte at its end, which the length includes.
    mutating func text() -> String? {
        guard let length = integer(UInt16.self), length > 0, let range = skip(Int(length)) else { return nil }
        return unsafe String(decoding: bytes[range].dropLast(), as: UTF8.self)
    }

    mutating func skip(_ count: Int) -> Range<Int>? {
        guard unsafe count <= bytes.count - place else { return nil }
        defer { place += count }
        return place..<(place + count)
    }
}
