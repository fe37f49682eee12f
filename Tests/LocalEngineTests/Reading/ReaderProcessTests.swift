import Foundation
import TestSupport
import Testing

@testable import DocumentText
@testable import LocalEngine

@Suite struct ReaderProcessTests {
    /// The program whose command reads a document, built beside the tests.
    static let command = [
        URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "policy-assistant").path,
        "read-document", "--",
    ]

    private func read(_ text: String, named name: String, with command: [String]) async throws -> ExtractedText {
        try await withTemporaryFolder { folder in
            try Data(text.utf8).write(to: URL(filePath: "\(folder)/file"))
            return try await ReaderProcess(command: command).read(fileAt: "\(folder)/file", filename: name)
        }
    }

    @Test func readsADocumentInAnotherProcess() async throws {
        let text = try await read(Policies.leave, named: "--leave.md", with: Self.command)
        #expect(text.text == Policies.leave)
        #expect(text.passages.map(\.headings) == [["Annual leave"], ["Parental leave"]])
    }

    /// `DATA_DIR` may be relative, and then the paths of uploads are.
    @Test func readsADocumentAtARelativePath() async throws {
        try await withTemporaryFolder { folder in
            try Data(Policies.leave.utf8).write(to: URL(filePath: "\(folder)/file"))
            let depth = FileManager.default.currentDirectoryPath.split(separator: "/").count
            let path = String(repeating: "../", count: depth) + folder.drop { $0 == "/" } + "/file"
            let text = try await ReaderProcess(command: Self.command).read(fileAt: path, filename: "leave.md")
            #expect(text.text == Policies.leave)
        }
    }

    /// What restricts the process keeps it from nothing that reading takes.
    @Test func readsEachSamplePolicyAsThisProcessDoes() async throws {
        let policies = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../assets/policies")
        let folder = policies.standardizedFileURL.path
        let names = try #require(FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String })
        let documents = names.filter { $0.contains(".") && !$0.hasPrefix(".") }
        #expect(Set(documents.map { $0.suffix(3) }).isSuperset(of: [".md", "txt", "pdf", "ocx"]))
        for name in documents {
            let path = "\(folder)/\(name)"
            let text = try await ReaderProcess(command: Self.command).read(fileAt: path, filename: name)
            #expect(try await text == ExtractedText.read(fileAt: path, filename: name))
        }
    }

    @Test func readsALegacyEncodingWhoseTablesTheSystemLoads() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/file"
            var page = Data("<meta charset=shift_jis>".utf8)
            page += [0x3C, 0x70, 0x3E, 0x93, 0xFA, 0x96, 0x7B, 0x8C, 0xEA]
            try page.write(to: URL(filePath: path))
            let text = try await ReaderProcess(command: Self.command).read(fileAt: path, filename: "a.html")
            #expect(text.text == "日本語")
        }
    }

    @Test func leavesNoFolderBehindWhereTheProcessIsKilled() async throws {
        try await withTemporaryFolder { folder in
            let script = "pwd >'\(folder)/where'; touch file; kill -9 $$"
            _ = try? await read("x", named: "a.md", with: ["/bin/sh", "-c", script])
            let path = try String(contentsOfFile: "\(folder)/where", encoding: .utf8).dropLast()
            #expect(path.contains("/policy-assistant-document-"))
            #expect(!FileManager.default.fileExists(atPath: String(path)))
        }
    }

    @Test func reportsWhyADocumentIsNotRead() async throws {
        await #expect(throws: ExtractionError.invalid("The file is not valid JSON.")) {
            try await read("{", named: "a.json", with: Self.command)
        }
        await #expect(throws: ExtractionError.server("The program that reads documents cannot be started.")) {
            try await read("x", named: "a.md", with: ["/no/such/program"])
        }
    }

    @Test func reportsThatTheProcessEnded() async throws {
        for command in [["/bin/sh", "-c", "kill -9 $$"], ["/bin/sh", "-c", "exit 1"], ["/bin/echo", "text"]] {
            do {
                _ = try await read("x", named: "a.md", with: command)
                Issue.record("\(command) came to its end")
            } catch let error as ExtractionError {
                #expect(error.endedReader)
                #expect(error.message.contains("640 MB of memory"))
            }
        }
        await #expect(
            throws: ExtractionError.invalid("Reading the file takes more than 25.0 seconds of processor time.")
        ) {
            try await read("x", named: "a.md", with: ["/bin/sh", "-c", "kill -XCPU $$"])
        }
    }

    @Test func framesAreReadBackOnlyIfTheyAreWhole() throws {
        let text = ExtractedText(
            text: "# a\n\nGröße\n\nb",
            passages: [
                Passage(headings: ["a", "ü"], text: "Größe"), Passage(headings: ["a", "ü"], text: "b"),
                Passage(headings: [], text: "c"),
            ],
            warnings: ["Page 4 has no text.", "Größe"]
        )
        let bytes = ExtractionFrames.encode(.success(text))
        #expect(try ExtractionFrames.decode(bytes)?.get() == text)
        for count in bytes.indices { #expect(ExtractionFrames.decode(Array(bytes.prefix(count))) == nil) }
        let failure = ExtractionFrames.decode(ExtractionFrames.encode(.failure(.invalid("It is\nempty."))))
        #expect(throws: ExtractionError.invalid("It is\nempty.")) { try failure?.get() }
    }
}
