internal import FoundationEssentials
internal import HTTPClient
internal import HTTPTypes

/// Fetches the files that came with messages, from the provider's own hosts only.
///
/// The credentials go to the API's host and to no other, whatever redirects say.
struct MediaDownloads: Sendable {
    let http: HTTPClient
    /// The API's base URL.
    let baseURL: String
    /// The value of `Authorization` at the API's host, a secret; nil if the provider serves files without.
    let authorization: String?
    /// The domains at which the provider serves files by https, with all their subdomains.
    let domains: [String]

    private static let timeouts = HTTPClientRequest.Timeouts(connect: .seconds(5), total: .seconds(30))
    private static let maximumRedirects = 3

    /// Fetches a file.
    ///
    /// - Parameters:
    ///   - url: Where the provider has it.
    ///   - maximumBytes: The largest file that is read.
    /// - Returns: The content.
    /// - Throws: ``SendingError``, with the effect `rejected` for a file that is too large, gone, or not at the provider.
    func file(at url: String, upTo maximumBytes: Int) async throws(SendingError) -> [UInt8] {
        var url = url
        for _ in 0...Self.maximumRedirects {
            guard let access = access(to: url) else { throw SendingError(.rejected) }
            let response = try await get(url, authorization: access == .authorized ? authorization : nil)
            let (status, headers) = (response.head.status.code, response.head.headerFields)
            switch status {
            case 200:
                do {
                    return try await response.body.collect(upTo: maximumBytes)
                } catch {
                    throw error.code == .bodyTooLarge ? SendingError(.rejected, status: status) : SendingError(error)
                }
            case 301, 302, 303, 307, 308:
                guard let location = headers[.location], let base = URL(string: url),
                    let next = URL(string: location, relativeTo: base)
                else { throw SendingError(.rejected, status: status) }
                url = next.absoluteString
            // The link of a file is over.
            case 401 where access == .open, 403 where access == .open: throw SendingError(.rejected, status: status)
            default: throw SendingError(status: status, code: nil, headers: headers)
            }
        }
        throw SendingError(.rejected)
    }

    private func get(_ url: String, authorization: String?) async throws(SendingError) -> HTTPClientResponse {
        var headers = HTTPFields()
        headers[.authorization] = authorization
        guard let head = HTTPRequest(.get, url: url, headers: headers) else { throw SendingError(.rejected) }
        do {
            return try await http.execute(HTTPClientRequest(head, timeouts: Self.timeouts))
        } catch {
            throw SendingError(error)
        }
    }

    /// How a file is fetched.
    enum Access: Sendable, Hashable {
        /// From the API's own host, with the credentials.
        case authorized
        /// From another host of the provider, without.
        case open
    }

    /// Determines how a file is fetched; nil if the address is not the provider's.
    func access(to url: String) -> Access? {
        guard let url = URL(string: url), url.user() == nil, url.password() == nil,
            let host = url.host()?.lowercased()
        else { return nil }
        let api = URL(string: baseURL)
        if url.scheme == api?.scheme, host == api?.host()?.lowercased(), url.port == api?.port { return .authorized }
        let isServed = domains.contains { host == $0 || host.hasSuffix(".\($0)") }
        return url.scheme == "https" && [nil, 443].contains(url.port) && isServed ? .open : nil
    }
}
