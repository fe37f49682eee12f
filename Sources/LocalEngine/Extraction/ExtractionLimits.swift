/// What reading one file may cost.
///
/// The limits are what makes a hostile file harmless: whatever a helper program does with it, it ends in time, within its
/// memory, and its output is cut.
struct ExtractionLimits: Sendable, Hashable {
    /// The most bytes of text that are read, from the file itself or from a helper program.
    var textBytes: Int = 32 << 20
    /// How long a helper program may run.
    var helperTime: Duration = .seconds(30)
    /// The most address space a helper program may take.
    var helperMemoryBytes: Int = 1 << 30
}
