internal import Redis

/// Waits for messages of all stages on a connection of its own, and rouses the workers of the stages that get some.
///
/// It takes no message, so that nothing is lost with its connection.
struct ArrivalWatch: Sendable {
    let worker: Worker
    let workers: [StageWorker]

    /// How long one command waits.
    private static let longestWait = Duration.seconds(1)

    /// Waits until it is cancelled.
    func run() async {
        var connection = worker.connection
        connection.commandTimeout += Self.longestWait
        let redis = RedisClient(configuration: connection, logger: worker.logger)
        await watch(redis)
        await redis.close()
    }

    private func watch(_ redis: RedisClient) async {
        let never = Latch()
        let streams = workers.map { worker.queue.scripts.keys.stage($0.name) }
        var positions = streams.map { _ in "0-0" }
        var failures = 0
        while !Task.isCancelled, !workers.isEmpty {
            let milliseconds = String(Int(Self.longestWait / .milliseconds(1)))
            let command = RedisCommand(
                "XREAD",
                ["COUNT", "1000", "BLOCK", milliseconds, "STREAMS"] + streams + positions,
                repeatable: true
            )
            do {
                for stream in try await redis.send(command).array ?? [] {
                    guard let parts = stream.array, parts.count == 2, let name = parts[0].string,
                        let index = streams.firstIndex(of: name),
                        let last = parts[1].array?.last?.array?.first?.string
                    else { continue }
                    positions[index] = last
                    workers[index].rouse()
                }
                failures = 0
            } catch {
                failures += 1
                await worker.pause(afterFailures: failures, until: never)
            }
        }
    }
}
