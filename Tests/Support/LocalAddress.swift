/// Where a server of this machine listens.
public enum LocalAddress: Sendable {
    /// A port of 127.0.0.1.
    case port(Int)
    /// A Unix socket.
    case unixSocket(path: String)
}
