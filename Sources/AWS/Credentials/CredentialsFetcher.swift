import Foundation
import HTTPClient
import HTTPTypes

/// Fetches credentials from their source, once.
struct CredentialsFetcher: Sendable {
    let source: CredentialsSource
    /// Nil where the source is asked for nothing.
    private let http: HTTPClient?

    /// - Throws: ``AWSError`` if there can be no HTTP client.
    init(_ source: CredentialsSource) throws(AWSError) {
        self.source = source
        if case .environment = source {
            http = nil
            return
        }
        do {
            // Without a proxy: the endpoints are on this machine.
            http = try HTTPClient(configuration: .init(proxies: ProxyConfiguration(), maximumConnectionsPerHost: 1))
        } catch {
            throw AWSError(error)
        }
    }

    /// - Throws: ``AWSError`` with code `credentialsUnavailable` or `cancelled`.
    func credentials() async throws(AWSError) -> AWSCredentials {
        switch source {
        case .environment(let credentials): return credentials
        case .container(let endpoint): return try await containerCredentials(endpoint)
        case .instance(let baseURL): return try await instanceCredentials(baseURL)
        }
    }

    private func containerCredentials(_ endpoint: CredentialsSource.ContainerEndpoint) async throws(AWSError)
        -> AWSCredentials
    {
        var fields = HTTPFields()
        switch endpoint.authorization {
        case .token(let token): fields[.authorization] = token
        case .file(let path): fields[.authorization] = try Self.token(in: path)
        case nil: break
        }
        return try await document(at: endpoint.url, fields)
    }

    private func instanceCredentials(_ baseURL: String) async throws(AWSError) -> AWSCredentials {
        let token = try await text(
            at: "\(baseURL)/latest/api/token",
            .put,
            [.amz("x-aws-ec2-metadata-token-ttl-seconds"): "21600"]
        )
        let fields: HTTPFields = [.amz("x-aws-ec2-metadata-token"): token]
        let roles = "\(baseURL)/latest/meta-data/iam/security-credentials/"
        guard let role = try await text(at: roles, .get, fields).split(whereSeparator: \.isNewline).first else {
            throw failure("the instance has no role")
        }
        return try await document(at: roles + role, fields)
    }

    /// Reads the file that holds the value of the `Authorization` header.
    private static func token(in path: String) throws(AWSError) -> String {
        guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
            throw AWSError(
                .credentialsUnavailable,
                "The file of AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE cannot be read."
            )
        }
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func document(at url: String, _ fields: HTTPFields) async throws(AWSError) -> AWSCredentials {
        let text = try await text(at: url, .get, fields)
        guard let document = try? JSONDecoder().decode(CredentialsDocument.self, from: Data(text.utf8)) else {
            throw failure("the answer is no document of credentials")
        }
        guard let credentials = document.credentials else { throw failure("the answer has no usable credentials") }
        return credentials
    }

    private func text(
        at url: String,
        _ method: HTTPRequest.Method,
        _ fields: HTTPFields
    ) async throws(AWSError) -> String {
        guard let http, let url = URL(string: url) else { throw failure("its address is not a URL") }
        var head = HTTPRequest(method: method, url: url)
        head.headerFields = fields
        head.headerFields[.accept] = "application/json"
        // A machine without such an endpoint shows it by silence.
        let timeouts = HTTPClientRequest.Timeouts(connect: .seconds(1), total: .seconds(5))
        do throws(HTTPClientError) {
            let response = try await http.execute(HTTPClientRequest(head, timeouts: timeouts))
            guard response.head.status == .ok else { throw HTTPClientError(.failed, "\(response.head.status.code)") }
            return String(decoding: try await response.body.collect(upTo: 64 << 10), as: UTF8.self)
        } catch {
            switch error.code {
            case .cancelled, .closed: throw AWSError(.cancelled)
            case .failed: throw failure("it answers with status \(error.detail)")
            default: throw failure("it does not answer")
            }
        }
    }

    private func failure(_ reason: String) -> AWSError {
        let advice =
            if case .instance = source {
                " Outside AWS, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
            } else {
                ""
            }
        return AWSError(
            .credentialsUnavailable,
            "AWS credentials cannot be had from \(source.summary): \(reason).\(advice)"
        )
    }
}

/// The document of credentials that both endpoints answer with.
private struct CredentialsDocument: Decodable {
    /// `Success` from the metadata service; containers leave it out.
    let code: String?
    let accessKeyID: String?
    let secretAccessKey: String?
    let token: String?
    let expiration: String?

    enum CodingKeys: String, CodingKey {
        case code = "Code"
        case accessKeyID = "AccessKeyId"
        case secretAccessKey = "SecretAccessKey"
        case token = "Token"
        case expiration = "Expiration"
    }

    /// The credentials; nil where a part is missing, or when they end cannot be read.
    var credentials: AWSCredentials? {
        guard code ?? "Success" == "Success", let accessKeyID, !accessKeyID.isEmpty, let secretAccessKey,
            !secretAccessKey.isEmpty
        else { return nil }
        let end = expiration.flatMap(Self.date)
        guard expiration == nil || end != nil else { return nil }
        return AWSCredentials(
            accessKeyID: accessKeyID,
            secretAccessKey: secretAccessKey,
            sessionToken: token,
            expiration: end
        )
    }

    private static func date(_ text: String) -> Date? {
        (try? Date(text, strategy: .iso8601))
            ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }
}
