internal import ArgumentParser
internal import Foundation
internal import PolicyAssistant
internal import PolicyServer

struct DescribeAPI: Command {
    static let configuration = CommandConfiguration(
        commandName: "openapi",
        abstract: "Print the OpenAPI 3.1 document of the HTTP API.",
        discussion: """
            It is the document that `serve` returns at /openapi.json with the same settings. Neither Redis, nor \
            upstream, nor documents are needed.

              policy-assistant openapi > openapi.json
            """
    )

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: [.upstream, .server])
        try await Runtime.with(settings, isIdle: true) { runtime in
            let server = PolicyServer(
                assistant: runtime.assistant,
                version: Version.current,
                callProvider: runtime.http.callProvider,
                metrics: .bootstrap(),
                logger: runtime.logger
            )
            print(String(decoding: server.openAPI, as: UTF8.self))
        }
    }
}
