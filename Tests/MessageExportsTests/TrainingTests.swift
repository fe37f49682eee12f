import Foundation
import MessageExports
import Testing

@Suite struct TrainingTests {
    private struct Example: Decodable {
        struct ChatMessage: Decodable, Equatable {
            let role: String
            let content: String
        }

        let prompt: String?
        let completion: String?
        let messages: [ChatMessage]?
    }

    private func export(_ pairs: [(String, String)], as format: TrainingFormat) throws -> (TrainingExport, [Example]) {
        let messages = pairs.flatMap { [Message(sender: "A", text: $0.0), Message(sender: "Me", text: $0.1)] }
        let export = try TrainingExport(of: Conversation(messages, person: "Me"), as: format)
        let lines = export.pairs.map { format.line(of: $0, system: TrainingFormat.systemMessage(for: "Me")) }
        #expect(lines.allSatisfy { line in line.utf8.allSatisfy { (0x20..<0x7F).contains($0) } })
        return (export, try lines.map { try JSONDecoder().decode(Example.self, from: Data($0.utf8)) })
    }

    @Test func linesWithPromptsHaveTheMarks() throws {
        let (_, examples) = try export([("Are you there? 😂", "Yes\n“soon”")], as: .promptCompletion)
        #expect(examples.first?.prompt == "Are you there? 😂\n\n###\n\n")
        #expect(examples.first?.completion == " Yes\n“soon” END")
    }

    @Test func aRequestHasTheMarksOfTraining() throws {
        let (_, examples) = try export([("How?", "Slowly")], as: .promptCompletion)
        #expect(examples.first?.prompt == PromptCompletion.prompt(for: "How?"))
        #expect(PromptCompletion.text(of: examples.first?.completion ?? "") == "Slowly")
    }

    @Test(arguments: [(" Yes", "Yes"), ("Yes", "Yes"), ("  Yes END more", " Yes"), ("\nYes", "\nYes"), ("", "")])
    func onlyALeadingBlankIsCut(_ completion: String, _ text: String) {
        #expect(PromptCompletion.text(of: completion) == text)
    }

    @Test func linesOfChatsHaveThreeRoles() throws {
        let (_, examples) = try export([("Hi", "Hey")], as: .chat)
        #expect(
            examples.first?.messages == [
                .init(role: "system", content: "You write as Me writes."), .init(role: "user", content: "Hi"),
                .init(role: "assistant", content: "Hey"),
            ]
        )
    }

    @Test func leavesOutWhatAModelWouldLearnWrongly() throws {
        let long = String(repeating: "a", count: 9_000)
        let pairs = [
            ("Hi", "Hey"), ("Hi", "Hey"), ("Hi", long), ("The", "x END y"), ("a\n\n###\n\nb", "z"), ("Hi", "You"),
        ]
        let (export, examples) = try export(pairs, as: .promptCompletion)
        #expect(examples.count == 2 && export.pairs.map(\.completion) == ["Hey", "You"])
        #expect(export.leftOut == [.duplicate: 1, .tooLong: 1, .ambiguous: 2])
        #expect(try self.export(pairs, as: .chat).1.count == 4)
        let error = #expect(throws: ExportError.self) { try self.export([("Hi", long)], as: .chat) }
        #expect(error?.code == .noPairs)
    }

    @Test(arguments: TrainingFormat.allCases)
    func aCheckerFindsNothingInAnExport(_ format: TrainingFormat) throws {
        let pairs =
            (0..<20).map { ("Question \($0 % 7)?\n“so” ", "Answer \($0) END") } + [("x ", " y"), ("###", "END")]
        let messages = pairs.flatMap { [Message(sender: "A", text: $0.0), Message(sender: "Me", text: $0.1)] }
        let export = try TrainingExport(of: Conversation(messages, person: "Me"), as: format)
        let lines = export.pairs.map { format.line(of: $0, system: "") }
        let checked = try FileCheck.check(ExportFile(name: "x", bytes: Array(lines.joined(separator: "\n").utf8)))
        #expect(checked.findings.isEmpty && checked.lineCount == export.pairs.count)
        #expect(checked.mended == lines)
        #expect(checked.form?.rawValue == format.rawValue)
    }
}
