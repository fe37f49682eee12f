internal import NIOCore

extension JSONValue {
    /// The value as a frame of an event stream, named by its `type`.
    func eventFrame() throws -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeString("event: \(self["type"]?.string ?? "message")\ndata: ")
        buffer.writeBytes(try encoded())
        buffer.writeString("\n\n")
        return buffer
    }
}
