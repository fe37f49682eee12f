/// The limits of the extraction of one file, and of its result.
///
/// They make a hostile file harmless: the time and the memory of its extraction are bounded, and so is the text for the
/// index.
package struct ExtractionLimits: Sendable, Hashable {
    /// The default limits.
    package static let standard = ExtractionLimits()

    /// The maximum size of a text file, of a helper program's output, and of an archive's member, in bytes.
    package var textBytes: Int = 32 << 20
    /// The maximum number of an archive's members.
    package var archiveMembers: Int = 10_000
    /// The maximum size of all members of an archive that are read, in bytes.
    package var archiveBytes: Int = 128 << 20
    /// The maximum size of a document's text, in bytes.
    package var documentBytes: Int = 16 << 20
    /// The maximum number of a document's passages.
    package var passages: Int = 50_000
    /// The maximum size of a document's passages with their headings, in bytes.
    package var passageBytes: Int = 24 << 20
    /// The maximum run time and processor time of a helper program.
    package var helperTime: Duration = .seconds(30)
    /// The maximum address space of a helper program, in bytes.
    package var helperMemoryBytes: Int = 1 << 30
    /// The maximum size of a file that a program writes while a document is read, in bytes.
    package var helperFileBytes: Int = 256 << 20
    /// The maximum run time of the process that reads a document.
    package var readerTime: Duration = .seconds(60)
    /// The maximum processor time of that process.
    package var readerProcessorTime: Duration = .seconds(25)
    /// The maximum address space of that process in addition to its address space at the start, in bytes.
    package var readerMemoryBytes: Int = 640 << 20
    /// The maximum number of scanned pages of a document that are read.
    package var scannedPages: Int = 150
    /// The maximum time for the scanned pages of a document.
    package var scanTime: Duration = .seconds(300)
}
