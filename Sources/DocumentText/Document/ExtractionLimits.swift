/// What reading one file may cost, and what it may become.
///
/// The limits make a hostile file harmless: whatever it holds, reading it ends in time and within its memory, and what is
/// read has a size that the index can take.
package struct ExtractionLimits: Sendable, Hashable {
    /// The limits in force.
    package static let standard = ExtractionLimits()

    /// The most bytes that are read: of a text file itself, from a helper program, or of a member of an
    /// archive.
    package var textBytes: Int = 32 << 20
    /// The most members of an archive.
    package var archiveMembers: Int = 10_000
    /// The most bytes that the members of an archive that are read may have together.
    package var archiveBytes: Int = 128 << 20
    /// The most bytes of text that a document may become.
    package var documentBytes: Int = 16 << 20
    /// The most passages that a document may become.
    package var passages: Int = 50_000
    /// The most bytes that the passages of a document may have, with the headings that each of them carries.
    package var passageBytes: Int = 24 << 20
    /// How long a helper program may run, and how much processor time it may take.
    package var helperTime: Duration = .seconds(30)
    /// The most address space a helper program may take.
    package var helperMemoryBytes: Int = 1 << 30
    /// The most bytes of a file that a program may write while a document is read.
    package var helperFileBytes: Int = 256 << 20
    /// How long the process that reads a document may run.
    package var readerTime: Duration = .seconds(60)
    /// How much processor time that process may take.
    package var readerProcessorTime: Duration = .seconds(25)
    /// How much address space that process may take beyond what it has when it starts.
    package var readerMemoryBytes: Int = 640 << 20
    /// The most scanned pages of a document that are read.
    package var scannedPages: Int = 150
    /// How long reading the scanned pages of a document may take.
    package var scanTime: Duration = .seconds(300)
}
