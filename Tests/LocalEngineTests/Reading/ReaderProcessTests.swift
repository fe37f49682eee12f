import Foundation
import TestSupport
import Testing

@testable import DocumentText
@testable import LocalEngine

@Suite struct ReaderProcessTests {
    /// The program whose command reads a document, built beside the tests.
    private static let command = [
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

    @Test func tellsWhyADocumentIsNotRead() async throws {
        await #expect(throws: ExtractionError.invalid("The file is not valid JSON.")) {
            try await read("{", named: "a.json", with: Self.command)
        }
        await #expect(throws: ExtractionError.server("The program that reads documents cannot be started.")) {
            try await read("x", named: "a.md", with: ["/no/such/program"])
        }
    }

    @Test func tellsThatTheProcessEnded() async throws {
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
