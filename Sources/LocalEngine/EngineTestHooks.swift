/// Where tests reach into the engine.
struct EngineTestHooks: Sendable {
    /// Tells the time.
    var clock = WallClock.system
    /// Who the engine is to others on its database.
    var holder = LeaseHolder.make()
    /// Reads the text of a file; nil for the way that the configuration says.
    var extract: FileReader.Extract?
    /// Called before each answer is made.
    var beforeAnswering: @Sendable () async throws -> Void = {}
    /// How often expired things and other processes' leftovers are looked for.
    var housekeepingInterval = Duration.seconds(1)
}
