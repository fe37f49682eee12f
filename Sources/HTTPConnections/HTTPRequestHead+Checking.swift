internal import NIOHTTP1

extension HTTPRequestHead {
    /// Validates the head, and converts the target to origin form.
    ///
    /// - Returns: The head. If the target was in absolute form, its authority replaces the `Host` field (RFC 9112,
    ///   3.2.2).
    func checked() throws(RequestRefusal) -> HTTPRequestHead {
        if method == .CONNECT { throw .tunnel }
        try checkFraming()
        try checkExpectation()
        let hosts = headers["host"]
        guard hosts.count <= 1, version.minor == 0 || hosts.count == 1 else { throw .invalidHost }
        if let host = hosts.first, RequestHost(host) == nil { throw .invalidHost }
        guard !uri.hasPrefix("/"), !(uri == "*" && method == .OPTIONS) else { return self }
        guard let target = AbsoluteTarget(uri) else { throw .malformed }
        guard RequestHost(target.authority) != nil else { throw .invalidHost }
        var head = self
        head.headers.replaceOrAdd(name: "host", value: String(target.authority))
        head.uri = target.origin
        return head
    }

    /// Whether the head announces a body.
    var announcesBody: Bool {
        headers.contains(name: "transfer-encoding")
            || headers["content-length"].contains { $0.contains { ("1"..."9").contains($0) } }
    }

    private func checkFraming() throws(RequestRefusal) {
        let codings = headers[canonicalForm: "transfer-encoding"].map { $0.lowercased() }
        guard !codings.isEmpty else { return }
        guard version.minor > 0, !headers.contains(name: "content-length") else { throw .ambiguousLength }
        guard codings.allSatisfy({ $0 == "chunked" }) else { throw .unknownTransferCoding }
        // The chunked coding must not be applied more than once.
        guard codings.count == 1 else { throw .ambiguousLength }
    }

    private func checkExpectation() throws(RequestRefusal) {
        // HTTP/1.0 has no expectations, so the field is ignored.
        guard version.minor > 0 else { return }
        guard headers[canonicalForm: "expect"].allSatisfy({ $0.lowercased() == "100-continue" }) else {
            throw .unknownExpectation
        }
    }
}

/// A request's target in absolute form, `http://host:port/path?query`.
private struct AbsoluteTarget {
    let authority: Substring
    /// The same target in origin form.
    let origin: String

    init?(_ uri: String) {
        let lower = uri.prefix(8).lowercased()
        guard let scheme = ["http://", "https://"].first(where: lower.hasPrefix) else { return nil }
        let rest = uri.dropFirst(scheme.count)
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        authority = rest[..<end]
        let path = rest[end...]
        origin = path.hasPrefix("/") ? String(path) : "/\(path)"
    }
}
