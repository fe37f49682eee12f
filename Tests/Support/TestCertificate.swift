import Subprocess

/// A certificate that signs itself, made by the openssl command line.
public struct TestCertificate: Sendable {
    /// The certificate in PEM; for a client, the file of the roots to trust.
    public let certificateFile: String
    /// The private key in PEM.
    public let keyFile: String

    /// Creates a certificate.
    ///
    /// - Parameters:
    ///   - folder: Where its two files go.
    ///   - names: Whom it is made out to, such as `DNS:localhost` or `IP:127.0.0.1`.
    /// - Throws: What openssl said, if it failed.
    public init(in folder: String, names: [String]) async throws {
        certificateFile = "\(folder)/certificate.pem"
        keyFile = "\(folder)/key.pem"
        let result = try await run(
            .name("openssl"),
            arguments: [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=test", "-addext", "subjectAltName=\(names.joined(separator: ","))",
                "-keyout", keyFile, "-out", certificateFile,
            ],
            output: .discarded,
            error: .string(limit: 4096)
        )
        guard result.terminationStatus.isSuccess else {
            throw ProgramFailure(program: "openssl", output: result.standardError)
        }
    }
}
