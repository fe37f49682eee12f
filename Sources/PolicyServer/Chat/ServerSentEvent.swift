internal import NIOCore

/// A piece of an event stream, in the form of the HTML standard's section on server-sent events.
enum ServerSentEvent {
    /// Writes an event.
    ///
    /// - Parameters:
    ///   - id: What a reader who was cut off sends back as `Last-Event-ID`.
    ///   - name: The kind of the event.
    ///   - data: JSON, which has no line breaks.
    ///   - buffer: Where to.
    static func write(id: Int, name: String, data: some Sequence<UInt8>, to buffer: inout ByteBuffer) {
        buffer.writeString("id: \(id)\nevent: \(name)\ndata: ")
        buffer.writeBytes(data)
        buffer.writeString("\n\n")
    }

    /// A comment, which readers skip: it shows them and what lies between that the stream is alive.
    static let heartbeat = ByteBuffer(string: ": still here\n\n")
}
