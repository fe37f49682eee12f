public import Metrics
internal import Synchronization
public import WorkQueue

/// Measures a queue, as Redis has it: the numbers are those of all workers.
public final class QueueMetrics: Sendable {
    private struct Key: Hashable {
        let stage: String
        let condition: QueuedMessage.Condition
    }

    private let messages: MetricFamily<Key, Meter>
    private let oldestAge: MetricFamily<String, Meter>
    private let workers: MetricFamily<String, Meter>
    private let retries: MetricFamily<String, Counter>
    private let counted = Mutex<[String: Int]>([:])

    /// Creates the metrics of a queue.
    ///
    /// - Parameters:
    ///   - queue: The queue's name, the value of the label `queue`.
    ///   - factory: The factory of the metrics; by default the system's.
    public init(queue: String, factory: any MetricsFactory = MetricsSystem.factory) {
        messages = MetricFamily { key in
            let labels = [("queue", queue), ("stage", key.stage), ("condition", key.condition.rawValue)]
            return Meter(label: MetricName.queueMessages, dimensions: labels, factory: factory)
        }
        func meter(_ label: String) -> MetricFamily<String, Meter> {
            MetricFamily { Meter(label: label, dimensions: [("queue", queue), ("stage", $0)], factory: factory) }
        }
        oldestAge = meter(MetricName.queueOldestAge)
        workers = meter(MetricName.queueWorkers)
        retries = MetricFamily { stage in
            let labels = [("queue", queue), ("stage", stage)]
            return Counter(label: MetricName.queueRetries, dimensions: labels, factory: factory)
        }
    }

    /// Sets the numbers.
    public func update(_ status: WorkQueueStatus) {
        for stage in status.stages {
            let numbers: [(QueuedMessage.Condition, Int)] = [
                (.ready, stage.ready), (.working, stage.working), (.delayed, stage.delayed), (.dead, stage.dead),
            ]
            for (condition, number) in numbers { messages[Key(stage: stage.name, condition: condition)].set(number) }
            oldestAge[stage.name].set(stage.oldestAge / .seconds(1))
            workers[stage.name].set(stage.workers)
            let new = counted.withLock { counted in
                defer { counted[stage.name] = stage.retries }
                return stage.retries - (counted[stage.name] ?? 0)
            }
            retries[stage.name].increment(by: max(new, 0))
        }
        // They wait for an earlier message of their line, whatever its stage.
        messages[Key(stage: "all", condition: .waiting)].set(status.waiting)
        oldestAge["all"].set(status.oldestAge / .seconds(1))
    }
}
