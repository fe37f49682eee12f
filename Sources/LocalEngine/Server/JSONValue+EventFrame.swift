internal import NIOCore

extension JSONValue {
    /// The value as a frame of an event stream, named by its `type` if by nothing else.
    func eventFrame(named name: String? = nil) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeString("event: \(name ?? self["type"]?.string ?? "message")\ndata: ")
        buffer.writeBytes(try encoded())
        buffer.writeString("\n\n")
        return buffer
    }
}
