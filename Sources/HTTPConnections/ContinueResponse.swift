/// Tells a caller who holds the body of its request back (`Expect: 100-continue`) to send it.
///
/// To be triggered as an outbound event on a channel of a ``RuledChannel``, by whoever is about to read the
/// body; it does nothing where no caller waits.
public struct ContinueResponse: Sendable {
    /// Creates the event.
    public init() {}
}
