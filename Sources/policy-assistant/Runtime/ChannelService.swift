internal import PolicyAssistant
internal import ServiceLifecycle

/// A worker as a service: at the shutdown it finishes what it has within the grace period, and gives the rest back.
struct ChannelService: Service {
    let worker: ChannelWorker
    let grace: Duration

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await worker.run() }
            group.addTask {
                guard (try? await gracefulShutdown()) != nil else { return }
                worker.stop()
                try? await Task.sleep(for: grace)
            }
            await group.next()
            group.cancelAll()
        }
    }
}

/// The turns of a process without a server: their heartbeats, and their end at the shutdown.
struct TurnService: Service {
    let assistant: Assistant

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await assistant.turns.sendHeartbeats() }
            guard (try? await gracefulShutdown()) != nil else { return group.cancelAll() }
            await assistant.turns.close(within: assistant.settings.shutdownGrace)
            group.cancelAll()
        }
    }
}
