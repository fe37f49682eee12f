internal import FoundationEssentials
internal import HTTPConnections
internal import PolicyAssistant

extension Settings {
    /// Raises the limit on open files, and returns the settings with a number of connections that the limit allows.
    ///
    /// Beyond it, accepting connections and connecting to upstream and Redis would fail.
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
            "MAX_CONNECTIONS is \(maximumConnections), but the limit of \(limit) open files allows only "
                + "\(connections) connections; raise the limit (ulimit -Hn, or LimitNOFILE= in the unit)"
        )
        return settings
    }

    /// The connection to upstream; both of its ends are in this process with the embedded engine.
    private var descriptorsPerQuestion: Int {
        if case .embedded = upstream { 2 } else { 1 }
    }

    /// The descriptors of the databases, the event loops (one for each processor), files and pipes.
    private static var reservedDescriptors: Int { 96 + 4 * ProcessInfo.processInfo.activeProcessorCount }
}
