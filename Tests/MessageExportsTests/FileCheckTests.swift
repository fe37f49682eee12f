import MessageExports
import Testing

@Suite struct FileCheckTests {
    private func check(_ lines: [String], maximumCharacters: Int = 100) throws -> CheckedFile {
        let file = ExportFile(name: "x.jsonl", bytes: Array(lines.joined(separator: "\n").utf8))
        return try FileCheck.check(file, maximumCharacters: maximumCharacters)
    }

    private func found(_ checked: CheckedFile) -> [ExampleProblem: [Int]] {
        Dictionary(uniqueKeysWithValues: checked.findings.map { ($0.problem, $0.lines) })
    }

    private func pair(_ prompt: String, _ completion: String) -> String {
        "{\"prompt\": \"\(prompt)\", \"completion\": \"\(completion)\"}"
    }

    @Test func mendsPromptsAndCompletions() throws {
        let right = pair(#"Hi\n\n###\n\n"#, " Hey END")
        let checked = try check([
            right, pair("How", "Well"), pair(#"How2\n\n###\n\n"#, "Well END"), right, "", pair("", "x"), "{nonsense",
            pair("x", String(repeating: "y", count: 101)), pair("a", "an END b"), #"{"messages": []}"#,
        ])
        #expect(
            found(checked) == [
                .missingSuffix: [2], .missingBlank: [2, 3], .missingStop: [2], .duplicate: [4], .empty: [6],
                .malformed: [7, 10], .tooLong: [8], .ambiguous: [9],
            ]
        )
        #expect(
            checked.mended == [
                right, pair(#"How\n\n###\n\n"#, " Well END"), pair(#"How2\n\n###\n\n"#, " Well END"),
            ]
        )
        #expect(checked.lineCount == 9)
    }

    @Test func leavesOutChatsOfNoUse() throws {
        func chat(_ messages: (String, String)...) -> String {
            let objects = messages.map { "{\"role\":\"\($0.0)\",\"content\":\"\($0.1)\",\"weight\":1}" }
            return "{\"messages\":[\(objects.joined(separator: ","))]}"
        }
        let right = chat(("system", "s"), ("user", "u"), ("assistant", "a"))
        let checked = try check([
            right, right, chat(("user", "u")), chat(("assistant", "a"), ("user", "u")),
            chat(("user", " "), ("assistant", "a")),
            chat(("user", "u"), ("assistant", String(repeating: "a", count: 101))),
            chat(("user", "u"), ("assistant", "a"), ("user", "v"), ("assistant", "b")), chat(),
        ])
        #expect(found(checked) == [.duplicate: [2], .wrongRoles: [3, 4, 8], .empty: [5], .tooLong: [6]])
        #expect(checked.form == .chat)
        // With the fields that only the trainer knows.
        #expect(
            checked.mended == [right, chat(("user", "u"), ("assistant", "a"), ("user", "v"), ("assistant", "b"))]
        )
    }

    @Test func mendsConversations() throws {
        func line(_ sender: String, _ text: String) -> String {
            let role = sender == "Me" ? "assistant" : "user"
            return "{\"role\": \"\(role)\", \"sender_name\": \"\(sender)\", \"content\": \"\(text)\"}"
        }
        let checked = try check([
            line("A", "1"), line("Me", "2"), line("A", "1"), line("Me", "2"), line("A", "3"), line("A", " "),
            line("A", "4"),
            line("Me", "5"), line("Me", String(repeating: "y", count: 101)),
        ])
        #expect(found(checked) == [.empty: [6], .unmerged: [7], .tooLong: [9], .duplicate: [4]])
        #expect(checked.mended == [line("A", "1"), line("Me", "2"), line("A", #"3\n4"#), line("Me", "5")])
        #expect(try check(checked.mended).findings.isEmpty)
    }

    @Test func countsAllLinesAndNamesTheFirstTen() throws {
        let checked = try check((0..<40).map { pair("p\($0)", " c END") })
        let finding = try #require(checked.findings.first)
        #expect(finding.problem == .missingSuffix && finding.count == 40 && finding.lines == Array(1...10))
        #expect(checked.mended.count == 40)
    }
}
