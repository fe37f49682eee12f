import FoundationEssentials

/// Where the credentials of this process come from.
///
/// Source: "AWS SDKs and Tools standardized credential providers" in the AWS SDKs and Tools Reference Guide.
enum CredentialsSource: Sendable, Equatable {
    /// The variables `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
    case environment(AWSCredentials)
    /// The endpoint that a container's agent offers, as in ECS, EKS Pod Identity and Greengrass.
    case container(ContainerEndpoint)
    /// The metadata service, version 2, of an EC2 instance with a role.
    case instance(baseURL: String)

    /// An endpoint of credentials.
    struct ContainerEndpoint: Sendable, Equatable {
        var url: String
        var authorization: Authorization?

        /// The value of the `Authorization` header.
        enum Authorization: Sendable, Equatable {
            case token(String)
            /// A file with the value, which is replaced now and then.
            case file(path: String)
        }
    }

    /// Finds the source that the environment names; the metadata service where it names none.
    ///
    /// - Throws: ``AWSError`` with code `credentialsUnavailable`, which names the variable that is wrong.
    init(environment: [String: String]) throws(AWSError) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

        switch (value("AWS_ACCESS_KEY_ID"), value("AWS_SECRET_ACCESS_KEY")) {
        case (let id?, let secret?):
            let token = value("AWS_SESSION_TOKEN")
            self = .environment(AWSCredentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token))
            return
        case (.some, nil): throw Self.fault("AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not.")
        case (nil, .some): throw Self.fault("AWS_SECRET_ACCESS_KEY is set, and AWS_ACCESS_KEY_ID is not.")
        case (nil, nil): break
        }
        if let url = try Self.containerURL(
            relative: value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"),
            full: value("AWS_CONTAINER_CREDENTIALS_FULL_URI")
        ) {
            let file = value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").map { path in
                ContainerEndpoint.Authorization.file(path: path)
            }
            let token = value("AWS_CONTAINER_AUTHORIZATION_TOKEN").map { ContainerEndpoint.Authorization.token($0) }
            self = .container(ContainerEndpoint(url: url, authorization: file ?? token))
            return
        }
        guard value("AWS_EC2_METADATA_DISABLED")?.lowercased() != "true" else {
            throw Self.fault(
                "There are no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the container "
                    + "or the instance a role."
            )
        }
        let endpoint = value("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? "http://169.254.169.254"
        self = .instance(baseURL: endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint)
    }

    /// The source in a few words, for an operator.
    var summary: String {
        switch self {
        case .environment: "the environment"
        case .container: "the container's endpoint"
        case .instance: "the instance's metadata"
        }
    }

    private static func fault(_ message: String) -> AWSError { AWSError(.credentialsUnavailable, message) }

    /// The address of the container's endpoint; over HTTP only where it does not leave the machine.
    private static func containerURL(relative: String?, full: String?) throws(AWSError) -> String? {
        if let relative {
            guard relative.hasPrefix("/") else {
                throw fault("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI does not begin with /.")
            }
            return "http://169.254.170.2\(relative)"
        }
        guard let full else { return nil }
        guard let url = URL(string: full), let host = url.host(), !host.isEmpty else {
            throw fault("AWS_CONTAINER_CREDENTIALS_FULL_URI is not a URL.")
        }
        let isLoopback = host.hasPrefix("127.") && host.allSatisfy { $0 == "." || $0.isASCII && $0.isNumber }
        let isLocal = localHosts.contains(host) || isLoopback
        guard url.scheme == "https" || url.scheme == "http" && isLocal else {
            throw fault("AWS_CONTAINER_CREDENTIALS_FULL_URI is neither an https URL nor one of this machine.")
        }
        return full
    }

    /// The hosts that may be asked over HTTP: this one, and the addresses of the agents of ECS and EKS.
    private static let localHosts: Set<String> = [
        "localhost", "::1", "[::1]", "169.254.170.2", "169.254.170.23", "fd00:ec2::23", "[fd00:ec2::23]",
    ]
}
