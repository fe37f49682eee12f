public import IPAddresses

/// The proxies in front of the HTTP API whose forwarding fields are trusted.
public enum TrustedProxies: Sendable, Hashable {
    /// So many proxies, whatever their addresses; each appends its client's address to `X-Forwarded-For`.
    case count(Int)
    /// The proxies with addresses in these networks.
    case networks([IPNetwork])

    /// No proxy is trusted.
    public static let none = TrustedProxies.count(0)

    /// Whether an address is a trusted proxy's; false where only the number of proxies is known.
    public func contain(_ address: IPAddress) -> Bool {
        guard case .networks(let networks) = self else { return false }
        return networks.contains { $0.contains(address) }
    }
}

extension SettingsReader {
    /// Reads the trusted proxies: their number, or their addresses and networks.
    mutating func trustedProxies() -> TrustedProxies {
        guard let text = text("TRUSTED_PROXIES") else { return .none }
        let words = text.split { $0 == "," || $0.isWhitespace }
        guard words.contains(where: { $0.contains { ".:".contains($0) } }) else {
            return .count(integer("TRUSTED_PROXIES", in: 0...10, default: 0))
        }
        return .networks(
            words.compactMap { word in
                let network = IPNetwork(word)
                if network == nil {
                    fault(
                        "TRUSTED_PROXIES",
                        "“\(word)” is not an address such as 10.0.0.5, nor a network such as 10.1.0.0/16"
                    )
                }
                return network
            }
        )
    }
}
