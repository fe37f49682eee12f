import MessageExports
import Testing

@Suite struct ConversationFileTests {
    private func read(_ lines: String...) throws -> ConversationFile {
        try ConversationFile(ExportFile(name: "c.jsonl", bytes: Array(lines.joined(separator: "\n").utf8)))
    }

    @Test func readsWhatWasWritten() throws {
        let messages = [Message(sender: "Zoë", text: "a\n“b” 😂"), Message(sender: "Me", text: "\\ \u{7F} \u{1}")]
        let conversation = try Conversation(messages, person: "Me")
        let lines = conversation.entries.map { ConversationFile.line(of: $0, person: conversation.person) }
        #expect(lines.allSatisfy { $0.utf8.allSatisfy { (0x20..<0x7F).contains($0) } })
        let file = try ConversationFile(ExportFile(name: "c", bytes: Array(lines.joined(separator: "\r\n").utf8)))
        #expect(file.list.messages == messages)
        #expect(file.person == "Me")
    }

    @Test func readsPlainLines() throws {
        let file = try read(
            #"{"sender": "A", "text": "1", "more": [1, {"x": null}]}"#,
            "",
            #"{"sender_name": "B", "content": "  2 "}"#,
            #"{"sender_name": "B", "content": ""}"#
        )
        #expect(file.list.messages == [Message(sender: "A", text: "1"), Message(sender: "B", text: "2")])
        #expect(file.person == nil && file.list.leftOut[.noText] == 1)
    }

    @Test func theEndOfAFileIsReadOnce() throws {
        for text in [#"{"sender": "A", "text": "1"}"#, "{\"sender\": \"A\", \"text\": \"1\"}\n", ""] {
            var reads = 0
            let file = ExportFile(name: "c") {
                reads += 1
                return reads == 1 ? Array(text.utf8) : []
            }
            _ = try ConversationFile(file)
            #expect(reads == (text.isEmpty ? 1 : 2))
        }
    }

    @Test func sortsByTimeWhereEachLineHasIt() throws {
        let (late, early) = (
            #"{"sender_name": "A", "content": "2", "timestamp_ms": 2}"#,
            #"{"sender_name": "B", "content": "1", "timestamp_ms": 1}"#
        )
        #expect(try read(late, early).list.messages.map(\.text) == ["1", "2"])
        #expect(try read(late, #"{"sender_name": "B", "content": "1"}"#).list.messages.map(\.text) == ["2", "1"])
    }

    @Test func saysWhichLineIsWrong() throws {
        let right = #"{"sender_name": "A", "content": "1"}"#
        for wrong in [
            "{", "[]", #"{"content": "x"}"#, #"{"prompt": "x", "completion": "y"}"#, #"{"messages": []}"#, "\(right) x",
        ] {
            let error = #expect(throws: ExportError.self) { try read(right, "", wrong) }
            #expect(error?.position?.line == 3, "\(wrong)")
        }
        let two = #expect(throws: ExportError.self) {
            try read(
                #"{"role": "assistant", "sender_name": "A", "content": "1"}"#,
                #"{"role": "assistant", "sender_name": "B", "content": "1"}"#
            )
        }
        #expect(two?.message.contains("both A and B") == true)
    }
}
