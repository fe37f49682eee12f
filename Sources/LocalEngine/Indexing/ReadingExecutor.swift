internal import Dispatch

/// Runs the reading of files on threads of its own, so that a long document does not hold up the answering of requests.
final class ReadingExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "engine.reading", qos: .utility, attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { [self] in
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
