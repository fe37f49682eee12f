internal import DocumentText
internal import Foundation

/// Lets libFuzzer run, which reads each of its inputs as a document of the format that FUZZ_FORMAT names.
///
/// An archive is given as the names and contents of its members, each ended by a zero byte, and packed here, so that what
/// is mutated is what the members say. A PDF is given as what `pdftohtml -xml` prints.
@main struct FuzzReaders {
    static func main() {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(runFuzzer(&count, &arguments) { read($0, $1) })
    }
}

/// Reads an input; libFuzzer's library refers to the function by this name, too.
@_cdecl("LLVMFuzzerTestOneInput")
func read(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    switch FuzzedFormat.current {
    case .file(let name): FuzzedFormat.read(bytes, named: name)
    case .archive(let name): FuzzedFormat.read(PackedArchive.bytes(of: bytes), named: name)
    case .pagesOfPDF: FuzzedFormat.readPages(bytes)
    }
    return 0
}

/// libFuzzer's own main function.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// How the inputs are read.
enum FuzzedFormat {
    case file(named: String)
    case archive(named: String)
    case pagesOfPDF

    static let current: FuzzedFormat = {
        switch ProcessInfo.processInfo.environment["FUZZ_FORMAT"] ?? "" {
        case "pdf": .pagesOfPDF
        case "zip": .file(named: "a.docx")
        case let format where ["docx", "xlsx", "pptx"].contains(format): .archive(named: "a.\(format)")
        case let format: .file(named: "a.\(format)")
        }
    }()

    /// A file in memory, which each input is written to.
    private static let path = "/dev/shm/fuzz-readers-\(ProcessInfo.processInfo.processIdentifier)"

    static func read(_ bytes: [UInt8], named name: String) {
        _ = FileManager.default.createFile(atPath: path, contents: Data(bytes))
        let isDone = DispatchSemaphore(value: 0)
        Task.detached {
            if let document = try? await TextExtractor(limits: .standard).extract(fileAt: path, filename: name) {
                tell(document)
            }
            isDone.signal()
        }
        isDone.wait()
        try? FileManager.default.removeItem(atPath: path)
    }

    static func readPages(_ bytes: [UInt8]) {
        if let document = try? PDFReader.document(ofMarkup: bytes, limits: .standard) { tell(document) }
    }

    /// Does with a document what is done with each.
    private static func tell(_ document: ExtractedDocument) {
        _ = document.markdown
        _ = DocumentStructure(document)
    }
}

/// An archive without compression.
enum PackedArchive {
    /// Packs members.
    ///
    /// - Parameter parts: The name of a member, a zero byte, its content, a zero byte, and so on.
    /// - Returns: The archive.
    static func bytes(of parts: [UInt8]) -> [UInt8] {
        let words = parts.split(separator: 0, omittingEmptySubsequences: false)
        var body: [UInt8] = []
        var directory: [UInt8] = []
        var count = 0
        for place in stride(from: 0, to: words.count - 1, by: 2) {
            let (name, content) = (words[place].prefix(200), words[place + 1])
            let common =
                little(20, 2) + little(0, 8) + little(checksum(of: content), 4) + little(content.count, 4)
                + little(content.count, 4) + little(name.count, 2) + little(0, 2)
            directory += little(0x0201_4B50, 4) + little(20, 2) + common + little(0, 10) + little(body.count, 4) + name
            body += little(0x0403_4B50, 4) + common + name + content
            count += 1
        }
        return body + directory + little(0x0605_4B50, 4) + little(0, 4) + little(count, 2) + little(count, 2)
            + little(directory.count, 4) + little(body.count, 4) + little(0, 2)
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }

    private static func checksum(of bytes: ArraySlice<UInt8>) -> Int {
        Int(~bytes.reduce(UInt32.max) { sum, byte in sum >> 8 ^ table[Int((sum ^ UInt32(byte)) & 0xFF)] })
    }
}
