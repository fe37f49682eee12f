extension OpenAIError {
    /// Whether upstream's text says that a run is active in the thread: there is no code for it.
    ///
    /// "Can't add messages to thread_… while a run run_… is active." and "Thread thread_… already has an active run
    /// run_…."
    static func speaksOfActiveRun(_ message: String) -> Bool {
        message.contains("already has an active run")
            || (message.contains("while a run ") && message.contains(" is active"))
    }

    /// The run that a thread is busy with, if the code is `threadBusy` and upstream named it.
    public var activeRunID: String? {
        guard code == .threadBusy, let message = upstreamMessage, let start = message.firstRange(of: "run_") else {
            return nil
        }
        let id = message[start.lowerBound...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
        return id.count > "run_".count ? String(id) : nil
    }
}
