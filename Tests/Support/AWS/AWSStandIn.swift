internal import Foundation
internal import Subprocess

/// A stand-in for Amazon Polly and Amazon Transcribe's streaming API.
///
/// It checks signatures by botocore's signer, speaks with espeak-ng, and recognizes the phrases that it knows by their sound.
/// The region of a client names the fault that it meets, such as `cut-once-1`: see `Server/stand_in.py`.
public struct AWSStandIn: Sendable {
    /// The base URL of both services.
    public let baseURL: String
    /// The file of the certificate to trust.
    public let authority: String

    /// The Python that has botocore and h2, which `scripts/test` installs.
    public static let python = ProcessInfo.processInfo.environment["AWS_TEST_PYTHON"]

    /// Whether the stand-in can run.
    public static var isAvailable: Bool {
        python != nil
            && ["espeak-ng", "ffmpeg"].allSatisfy { FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)") }
    }

    /// The environment of a process with the key that the stand-in accepts.
    public static let environment = [
        "AWS_ACCESS_KEY_ID": "AKIDSTANDIN", "AWS_SECRET_ACCESS_KEY": "stand-in/secret+key",
    ]

    /// The session token that the stand-in accepts with that key.
    public static let sessionToken = "stand-in//session+token=="

    /// The settings of a program that hears and speaks by the stand-in.
    ///
    /// - Parameter region: The region, which names the fault.
    /// - Returns: The settings by their variables' names.
    public func settings(region: String = "eu-central-1") -> [String: String] {
        let settings = [
            "VOICE": "aws", "AWS_REGION": region, "VOICE_POLLY_URL": baseURL, "VOICE_TRANSCRIBE_URL": baseURL,
            "TLS_CA_FILE": authority,
        ]
        return settings.merging(Self.environment) { $1 }
    }

    /// A text that the stand-in recognizes, with its code of ISO 639-1.
    public struct Phrase: Sendable, Encodable {
        let text: String
        let language: String

        /// Creates a phrase.
        public init(_ text: String, _ language: String) {
            self.text = text
            self.language = language
        }
    }

    /// Starts a stand-in that ends with the test process.
    ///
    /// - Parameters:
    ///   - phrases: What it recognizes.
    ///   - isPaced: Whether it refuses audio that comes faster than it was spoken.
    /// - Throws: What keeps it from running.
    public init(phrases: [Phrase], isPaced: Bool = false) async throws {
        let folder = try lastingFolder()
        let certificate = try await TestCertificate(in: folder, names: ["DNS:localhost"])
        let file = "\(folder)/phrases.json"
        try JSONEncoder().encode(phrases).write(to: URL(filePath: file))
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Server/stand_in.py").path
        let program = try await LastingProgram(
            Self.python ?? "python3",
            arguments: [
                script, "--certificate", certificate.certificateFile, "--key", certificate.keyFile, "--phrases", file,
            ] + (isPaced ? ["--pace"] : []),
            environment: .inherit.updating(["PYTHONDONTWRITEBYTECODE": "1"]),
            untilReadyAt: "listening on port"
        )
        let port = program.readyLine.split(separator: " ").last ?? ""
        baseURL = "https://localhost:\(port)"
        authority = certificate.certificateFile
    }
}
