import FoundationEssentials

/// A service in a region: where it is, and the name by which requests to it are signed.
struct ServiceEndpoint: Sendable, Hashable {
    let signingName: String
    let region: String
    let scheme: String
    /// The host, with the port if it is not the scheme's own.
    let authority: String

    /// Creates the endpoint of a service.
    ///
    /// - Parameters:
    ///   - host: The first part of the public host's name, such as `polly`.
    ///   - signingName: The name by which requests are signed.
    ///   - region: The region.
    ///   - baseURL: Another address: scheme, host and port, without a path.
    /// - Throws: ``AWSError`` with code `invalidRequest` if the region or the address is none.
    init(host: String, signingName: String, region: String, baseURL: String?) throws(AWSError) {
        self.signingName = signingName
        self.region = region
        // The region becomes a part of the host's name.
        guard !region.isEmpty, region.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
            throw AWSError(.invalidRequest, "The AWS region is not a name such as eu-central-1.")
        }
        guard let baseURL else {
            scheme = "https"
            authority = "\(host).\(region).amazonaws.com\(region.hasPrefix("cn-") ? ".cn" : "")"
            return
        }
        guard let url = URL(string: baseURL), let scheme = url.scheme, ["http", "https"].contains(scheme),
            let name = url.host(), !name.isEmpty, ["", "/"].contains(url.path()), url.query() == nil, url.user() == nil
        else { throw AWSError(.invalidRequest, "The address of an AWS service is not a URL of scheme, host and port.") }
        self.scheme = scheme
        let isDefault = url.port == nil || url.port == (scheme == "https" ? 443 : 80)
        let host = name.contains(":") && !name.hasPrefix("[") ? "[\(name)]" : name
        authority = isDefault ? host : "\(host):\(url.port ?? 0)"
    }
}
