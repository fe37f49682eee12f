import Foundation
import TestSupport
import Testing
import Voice

/// The description and the server held against each other by tools that know nothing of either but OpenAPI.
@Suite struct APITrialTests {
    private static let secret = "a secret that has more than 32 bytes in it"

    @Test(.needsAPITools) func descriptionIsValidOpenAPI() async throws {
        let modes = ["none", "api-key", "jwt"].map { mode in
            ["AUTH_MODE": mode, "AUTH_JWT_SECRET": mode == "jwt" ? Self.secret : ""]
        }
        for settings in modes + [SigningIn.settings] {
            try await withInstallation(settings: settings) { installation, _ in
                let description = try await installation.run(["openapi"])
                #expect(description.status == 0)
                let file = "\(installation.folder)/openapi.json"
                try Data(description.output.utf8).write(to: URL(filePath: file))
                let verdict = try await APITools.run("openapi_spec_validator", [file], in: installation.folder)
                #expect(verdict.status == 0, "\(verdict.output)")
            }
        }
    }

    @Test(.needsAPITools) func serverConformsWithoutAuthentication() async throws {
        try await withServer(settings: [:]) { installation, api in
            try await tryOut(api, in: installation.folder, requests: 12, options: Self.withoutRecordings)
        }
    }

    @Test(.needsAPITools) func serverConformsWithKeys() async throws {
        try await withServer(settings: ["AUTH_MODE": "api-key"]) { installation, api in
            let key = try await installation.run(["keys", "add", "trial", "--admin", "--user", "ana"])
            #expect(key.status == 0)
            let secret = key.output.trimmingCharacters(in: .newlines)
            try await tryOut(api, in: installation.folder, requests: 4, bearer: secret, options: Self.withoutRecordings)
        }
    }

    @Test(.needsAPITools) func serverConformsWithTokens() async throws {
        try await withServer(settings: ["AUTH_MODE": "jwt", "AUTH_JWT_SECRET": Self.secret]) { installation, api in
            let token = try await secretToken(Claims(expiresIn: 3600), secret: Array(Self.secret.utf8))
            try await tryOut(api, in: installation.folder, requests: 4, bearer: token, options: Self.withoutRecordings)
        }
    }

    @Test(.needsAPITools) func serverConformsWithSignIn() async throws {
        try await withServer(settings: SigningIn.settings, people: ["ana"]) { installation, api in
            let (session, _) = try await api.signIn("ana")
            let folder = installation.folder
            // It would end the session that all the others need.
            try await tryOut(
                api,
                in: folder,
                requests: 4,
                bearer: session.token,
                options: ["--exclude-path", "/logout"] + Self.withoutRecordings
            )
            let key = try await installation.run(["keys", "add", "trial", "--admin"])
            let secret = key.output.trimmingCharacters(in: .newlines)
            try await tryOut(api, in: folder, requests: 4, bearer: secret, options: ["--include-path", "/logout"])
        }
    }

    /// The tool sends a real recording in place of what it makes up.
    @Test(.needsAPITools, .needsSpeech) func serverConformsWithRecordings() async throws {
        let question = "How many days of annual leave do I get?"
        let recording = try await Voice.recording(of: question)
        let voice = Voice.hearing(by: ScriptedRecognizer(hears: question, language: "en"))
        let settings = ["RATE_LIMIT_PER_MINUTE": "0"]
        try await withSyncedInstallation(settings: settings) { installation, _ in
            try Data(recording).write(to: URL(filePath: "\(installation.folder)/recording.wav"))
            try await installation.servingHere(voice: voice) { api in
                let options = ["--include-path-regex", Self.recordingRoutes]
                try await tryOut(api, in: installation.folder, requests: 6, options: options)
            }
        }
    }

    /// The routes that take a recording, which no tool makes up from its description.
    private static let recordingRoutes = "^/(voice/(ask|transcriptions)|processAudioFile)$"

    private static let withoutRecordings = ["--exclude-path-regex", recordingRoutes]

    private func withServer(
        settings: [String: String],
        people: [String] = [],
        _ body: (Installation, API) async throws -> Void
    ) async throws {
        try await withSyncedInstallation(settings: settings) { installation, server in
            for name in people { try await SigningIn.add(name, to: server) }
            try await installation.serving { try await body(installation, $0) }
        }
    }

    /// Sends requests of all kinds to all routes, sound ones and others, the same each time.
    private func tryOut(
        _ api: API,
        in folder: String,
        requests: Int,
        bearer: String? = nil,
        options: [String] = []
    ) async throws {
        var arguments =
            [
                "run", "http://\(api.authority)/openapi.json", "--checks", "all", "--seed", "1", "--max-examples",
                String(requests), "--no-shrink", "--no-color", "--request-timeout", "120", "--max-response-time", "60",
            ] + options
        if let bearer { arguments += ["--header", "Authorization: Bearer \(bearer)"] }
        let verdict = try await APITools.run("schemathesis.cli", arguments, in: folder)
        #expect(verdict.status == 0, "\(verdict.output)")
        #expect(verdict.output.contains("Tested: "), "\(verdict.output)")
    }
}
