internal import FoundationEssentials
internal import HTTPConnections
internal import PolicyAssistant

extension Settings {
    /// Raises the limit on open files, and returns settings whose connections it has room for.
    ///
    /// Without that bound, accepting a connection would fail, and so would asking upstream and Redis.
    func fittingOpenFiles() -> Settings {
        let limit = OpenFileLimit.raise()
        let connections = OpenFileLimit.connections(
            within: limit,
            descriptorsPerRequest: descriptorsPerQuestion,
            requests: maximumConcurrentTurns,
            reserve: Self.reservedDescriptors
        )
        guard connections < maximumConnections else { return self }
        var settings = self
        settings.maximumConnections = connections
        settings.warnings.append(
            "MAX_CONNECTIONS is \(maximumConnections), but at most \(limit) files can be open, which is room for "
                + "\(connections) connections; raise the limit (ulimit -Hn, or LimitNOFILE= in the unit)"
        )
        return settings
    }

    /// A question needs a connection upstream; both ends of it are in this process where the engine inside answers.
    private var descriptorsPerQuestion: Int {
        if case .embedded = upstream { 2 } else { 1 }
    }

    /// What the databases, the event loops (one for each processor), files and pipes take.
    private static var reservedDescriptors: Int { 96 + 4 * ProcessInfo.processInfo.activeProcessorCount }
}
