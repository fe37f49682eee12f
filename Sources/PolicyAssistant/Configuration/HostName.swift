/// A host in a setting: a name, an IPv4 address, or an IPv6 address with or without brackets.
public enum HostName {
    /// Returns the host without brackets: `[::1]` becomes `::1`.
    public static func withoutBrackets(_ host: String) -> String {
        host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    }

    /// Whether the host is a loopback address: `localhost`, `127.…` or `::1`.
    public static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 4, parts[0] == "127", parts.allSatisfy({ UInt8($0) != nil }) { return true }
        guard host.hasSuffix(":1") || host.hasSuffix(":0001"), host.allSatisfy({ ":01".contains($0) }) else {
            return false
        }
        return host.count { $0 == "1" } == 1
    }

    /// Whether the text can be a host: not a URL, and not a host with a port, a path or credentials.
    static func isValid(_ host: String) -> Bool {
        guard !host.isEmpty else { return false }
        let isAddress = host.count { $0 == ":" } >= 2
        return host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...:
                true
            case UInt8(ascii: ":"), UInt8(ascii: "%"): isAddress
            default: false
            }
        }
    }
}
