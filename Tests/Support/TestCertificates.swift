public import Foundation
internal import Subprocess

/// A certificate authority nobody knows, and a server certificate by it for `localhost`, made by the openssl command.
public struct TestCertificates: Sendable {
    /// The authority's certificate, in PEM.
    public let authority: URL
    /// The server's certificate, in PEM.
    public let certificate: URL
    /// The server's key, in PEM.
    public let key: URL

    /// Makes the files in a folder.
    public init(in folder: URL) async throws {
        authority = folder.appending(path: "authority.pem")
        certificate = folder.appending(path: "certificate.pem")
        key = folder.appending(path: "key.pem")
        let authorityKey = folder.appending(path: "authority-key.pem")
        let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        try await openssl(
            ["req", "-x509"] + newKey + ["-subj", "/CN=Test authority"]
                + ["-keyout", authorityKey.path, "-out", authority.path]
        )
        try await openssl(
            ["req", "-x509"] + newKey + ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
                + ["-addext", "basicConstraints=critical,CA:FALSE"]
                + ["-CA", authority.path, "-CAkey", authorityKey.path]
                + ["-keyout", key.path, "-out", certificate.path]
        )
    }

    private func openssl(_ arguments: [String]) async throws {
        let result = try await run(
            .name("openssl"),
            arguments: Arguments(arguments),
            output: .discarded,
            error: .string(limit: 65536)
        )
        guard result.terminationStatus.isSuccess else {
            throw ProcessFailure(command: "openssl", message: result.standardError)
        }
    }
}

/// A command that a fixture needs failed.
public struct ProcessFailure: Error, Sendable {
    /// The command's name.
    public let command: String
    /// What it wrote.
    public let message: String
}
