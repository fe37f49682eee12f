/// One event of an event stream.
struct ServerSentEvent: Sendable, Hashable {
    /// The event's name; `message` if it has none.
    var type: String
    /// The event's data; its lines are joined by line feeds.
    var data: String
    /// The ID of the last event that had one, this event included.
    var lastID: String
}
