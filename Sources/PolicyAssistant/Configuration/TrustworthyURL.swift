internal import FoundationEssentials

/// A URL at which nobody on the network can replace or read what is exchanged: `https`, or `http` on this machine.
public struct TrustworthyURL: Sendable, Hashable {
    /// The URL as it was given.
    public let text: String

    /// Checks a URL; nil if it has another scheme, no host, or credentials.
    public init?(_ text: String) {
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty, parts.user == nil,
            parts.password == nil
        else { return nil }
        switch parts.scheme?.lowercased() {
        case "https": break
        case "http": guard HostName.isLoopback(HostName.withoutBrackets(host)) else { return nil }
        default: return nil
        }
        self.text = text
    }
}
