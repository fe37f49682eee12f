internal import ArgumentParser
internal import Logging
internal import PolicyAssistant
internal import ServiceLifecycle
internal import UnixSignals

struct Work: Command {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Answer the text messages that wait in the queue.",
        discussion: """
            `serve` does it too, unless WORKERS is 0. Any number of workers share the work; one that is killed loses \
            nothing. On SIGTERM or SIGINT a worker finishes what it has within SHUTDOWN_GRACE_SECONDS.
            """
    )

    @Option(help: "Work on this many messages of each stage at the same time.")
    var workers: Int?

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(
            for: [.redis, .upstream, .instructions, .channels],
            ["WORKERS": workers.map(String.init)]
        ).fittingOpenFiles()
        guard settings.sms != nil else {
            throw ConfigurationFaults("SMS_PROVIDER", "is needed: without text messages there is nothing to work on")
        }
        try await Runtime.with(settings, hasVoice: true) { runtime in
            guard let worker = runtime.assistant.channelWorker(concurrency: max(settings.workers, 1)) else { return }
            runtime.logger.notice("working", metadata: ["workers": "\(max(settings.workers, 1))"])
            // Services end in the reverse order: the worker, and then the turns.
            let services = ServiceGroup(
                configuration: .init(
                    services: [
                        .init(service: TurnService(assistant: runtime.assistant), serviceName: "turns"),
                        .init(
                            service: ChannelService(worker: worker, grace: settings.shutdownGrace),
                            serviceName: "worker"
                        ),
                    ],
                    gracefulShutdownSignals: [.sigterm, .sigint],
                    logger: runtime.logger
                )
            )
            try await services.run()
        }
    }
}
