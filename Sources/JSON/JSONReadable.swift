/// A type that reads itself from JSON.
public protocol JSONReadable {
    /// Reads a value, and leaves the reader behind it.
    ///
    /// - Throws: ``JSONError``.
    init(reading json: inout JSONReader) throws(JSONError)
}

extension JSONReadable {
    /// Reads a value that is the whole text.
    ///
    /// - Throws: ``JSONError``, also where anything but white space follows the value.
    public init(json bytes: [UInt8]) throws(JSONError) {
        var json = JSONReader(bytes)
        try self.init(reading: &json)
        try json.finish()
    }
}
