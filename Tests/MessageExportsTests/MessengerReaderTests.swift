import MessageExports
import Testing

@Suite struct MessengerReaderTests {
    private func read(_ messages: [String]) throws -> MessageList {
        try MessengerReader.messages(in: [MessengerExport.file(messages)])
    }

    @Test func newestFirstComesOutOldestFirst() throws {
        let list = try read([
            MessengerExport.message("Ana", 3000, "third"), MessengerExport.message("Ben", 2000, "second"),
            MessengerExport.message("Ana", 1000, "first"),
        ])
        #expect(list.messages.map(\.text) == ["first", "second", "third"])
        #expect(list.messages.map(\.milliseconds) == [1000, 2000, 3000])
    }

    @Test func oldestFirstStaysSo() throws {
        let list = try read([
            MessengerExport.message("Ana", 1000, "first"), MessengerExport.message("Ana", 1000, "second"),
            MessengerExport.message("Ana", 2000, "third"),
        ])
        #expect(list.messages.map(\.text) == ["first", "second", "third"])
    }

    @Test func messagesOfTheSameTimeStayInTheirOrder() throws {
        let list = try read([
            MessengerExport.message("Ana", 2000, "third"), MessengerExport.message("Ana", 1000, "second"),
            MessengerExport.message("Ana", 1000, "first"),
        ])
        #expect(list.messages.map(\.text) == ["first", "second", "third"])
    }

    @Test func readsAllFilesAsOneList() throws {
        let files = [
            MessengerExport.file([MessengerExport.message("Ana", 40, "d"), MessengerExport.message("Ben", 30, "c")]),
            MessengerExport.file(
                [MessengerExport.message("Ana", 20, "b"), MessengerExport.message("Ben", 10, "a")],
                named: "message_2.json"
            ),
        ]
        #expect(try MessengerReader.messages(in: files).messages.map(\.text) == ["a", "b", "c", "d"])
    }

    @Test(arguments: ["photos", "videos", "gifs", "audio_files", "files", "sticker"])
    func leavesOutMediaWithATextBesideThem(_ key: String) throws {
        let value =
            key == "sticker" ? #"{"uri": "x.png", "ai_stickers": []}"# : #"[{"uri": "x", "creation_timestamp": 1}]"#
        let list = try read([
            MessengerExport.message("Ana", 2, "look", ", \"\(key)\": \(value)"),
            MessengerExport.message("Ana", 1, "text"),
        ])
        #expect(list.messages.map(\.text) == ["text"])
        #expect(list.leftOut[.media] == 1)
    }

    @Test func leavesOutWhatNobodyWrote() throws {
        let list = try read([
            MessengerExport.message("Ana", 9, "Ana called you.", ", \"type\": \"Call\", \"call_duration\": 61"),
            MessengerExport.message("Ana", 8, "gone", ", \"is_unsent\": true"),
            MessengerExport.message("Ana", 7, "here", ", \"is_unsent\": false"),
            MessengerExport.message("Ben", 6, "Reacted 😂 to your message "),
            MessengerExport.message("Ben", 5, "Reacted badly"),
            MessengerExport.message("Ben", 4, "Hat mit ❤ auf deine Nachricht reagiert "),
            MessengerExport.message("Ben", 3, nil), MessengerExport.message("Ben", 2, "  \n"),
            MessengerExport.message("Ben", 1, "Ben added Cleo to the group.", ", \"type\": \"Subscribe\""),
        ])
        #expect(list.messages.map(\.text) == ["Reacted badly", "here"])
        #expect(list.leftOut[.call] == 1 && list.leftOut[.unsent] == 1 && list.leftOut[.reaction] == 2)
        #expect(list.leftOut[.noText] == 2 && list.leftOut[.notice] == 1 && list.leftOut.total == 7)
    }

    @Test func mendsMisencodedTextsAndNames() throws {
        let texts = ["😂", "Größe — “schön”", "né", "日本語", "line\nbreak \"quoted\" \\"]
        let list = try read(texts.enumerated().reversed().map { MessengerExport.message("Zoë", $0, $1) })
        #expect(list.messages.map(\.text) == texts)
        #expect(Set(list.messages.map(\.sender)) == ["Zoë"])
    }

    @Test(arguments: ["né", "😂", "Größe", "façade à l'œuvre", "Ã", "日本語"])
    func leavesRightTextsAlone(_ text: String) throws {
        let json = "{\"sender_name\": \"Zoë\", \"timestamp_ms\": 1, \"content\": \"\(text)\"}"
        let list = try read([json])
        #expect(list.messages == [Message(sender: "Zoë", text: text, milliseconds: 1)])
    }

    @Test func readsTheExportOfEncryptedChats() throws {
        let json = """
            {"participants": ["Ana", "Ben"], "threadName": "Ben_7", "messages": [
              {"isUnsent": false, "media": [], "reactions": [{"actor": "Ben", "reaction": "😂"}], "senderName": "Ana",
               "text": "Grüße 😂", "timestamp": 20, "type": "text"},
              {"isUnsent": false, "media": [{"uri": "./media/x.jpg"}], "reactions": [], "senderName": "Ben", "text": "see",
               "timestamp": 10, "type": "media"},
              {"isUnsent": true, "media": [], "reactions": [], "senderName": "Ben", "text": "", "timestamp": 5}]}
            """
        let list = try MessengerReader.messages(in: [ExportFile(name: "Ben_7.json", bytes: Array(json.utf8))])
        #expect(list.messages == [Message(sender: "Ana", text: "Grüße 😂", milliseconds: 20)])
        #expect(list.leftOut[.media] == 1 && list.leftOut[.unsent] == 1)
    }

    @Test func saysWhereAFileIsWrong() throws {
        let cases = [
            ("{\"messages\": [\n{\"sender_name\": \"Ana\",, }]}", 2, "name of a field"),
            ("{\"messages\": [\n\n{\"content\": \"no end", 3, "no end"),
            ("{\"messages\": [{\"sender_name\": \"Ana\", \"content\": \"x\"}]}", 1, "time"),
            ("{\"messages\": [{\"timestamp_ms\": 1, \"content\": \"x\"}]}", 1, "sender"),
            ("{\"messages\": [] } x", 1, "Nothing more"),
            ("{\"messages\": [tru]}", 1, "object is expected"),
            ("{\"messages\": [{\"is_unsent\": tru}]}", 1, "value is expected"),
            ("{\"messages\": [{\"content\": \"\\u12\"}]}", 1, "hexadecimal"),
            ("[]", 1, "object is expected"),
        ]
        for (json, line, words) in cases {
            let error = #expect(throws: ExportError.self) {
                try MessengerReader.messages(in: [ExportFile(name: "message_1.json", bytes: Array(json.utf8))])
            }
            #expect(error?.code == .malformed && error?.position?.line == line, "\(json)")
            #expect(error?.message.contains(words) == true, "\(String(describing: error))")
            #expect(error?.description.hasPrefix("message_1.json, line \(line), byte ") == true)
        }
        let error = #expect(throws: ExportError.self) {
            try MessengerReader.messages(in: [ExportFile(name: "f.json", bytes: Array("{}".utf8))])
        }
        #expect(error?.message.contains("f.json") == true)
    }

    @Test func refusesValuesNestedTooDeep() throws {
        let deep = String(repeating: "[", count: 100_000)
        let error = #expect(throws: ExportError.self) {
            try MessengerReader.messages(in: [ExportFile(name: "f.json", bytes: Array("{\"x\": \(deep)".utf8))])
        }
        #expect(error?.message.contains("deep") == true)
    }

    @Test func readsTheSameInPiecesOfAnySize() throws {
        let messages = (0..<40).reversed().map { MessengerExport.message("Zoë", $0, "message 😂 \($0)\n\"x\"") }
        let whole = try read(messages)
        let bytes = Array("{\"messages\": [\(messages.joined(separator: ","))]}".utf8)
        for size in [1, 2, 7, 64] {
            var rest = bytes[...]
            let file = ExportFile(name: "message_1.json") {
                defer { rest = rest.dropFirst(size) }
                return Array(rest.prefix(size))
            }
            #expect(try MessengerReader.messages(in: [file]).messages == whole.messages)
        }
    }

    @Test func joinsEscapedSurrogates() throws {
        let json =
            #"{"messages": [{"sender_name": "A", "timestamp_ms": 1, "content": "\ud83d\ude02 \ud83d x \ud83d\n"}]}"#
        let list = try MessengerReader.messages(in: [ExportFile(name: "f", bytes: Array(json.utf8))])
        #expect(list.messages.map(\.text) == ["😂 \u{FFFD} x \u{FFFD}"])
    }
}
