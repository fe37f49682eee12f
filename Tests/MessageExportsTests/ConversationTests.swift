import MessageExports
import Testing

@Suite struct ConversationTests {
    private func messages(_ texts: String...) -> [Message] {
        texts.map { text in
            let parts = text.split(separator: ":").map(String.init)
            return Message(sender: parts[0], text: parts[1])
        }
    }

    @Test func joinsWhatASenderWroteInSuccession() throws {
        let conversation = try Conversation(messages("A:1", "A:2", "B:3", "A:4"), person: "A")
        #expect(conversation.entries.map(\.sender) == ["A", "B", "A"])
        #expect(conversation.entries.map(\.text) == ["1\n2", "3", "4"])
    }

    @Test(arguments: [
        (["A:1", "Me:2", "A:3", "Me:4"], ["1>2", "3>4"]),
        // The first is the person's; nobody asked.
        (["Me:0", "A:1", "Me:2"], ["1>2"]),
        // The last is unanswered.
        (["A:1", "Me:2", "A:3"], ["1>2"]), (["Me:0", "A:1", "Me:2", "A:3"], ["1>2"]),
        // A group: only the person's replies count, whoever wrote before.
        (["A:1", "B:2", "Me:3", "B:4", "A:5", "Me:6"], ["2>3", "5>6"]),
    ])
    func pairsAreThePersonsReplies(_ texts: [String], _ pairs: [String]) throws {
        let list = texts.flatMap { messages($0) }
        let found = try Conversation(list, person: "Me").pairs()
        #expect(found.map { "\($0.prompt)>\($0.completion)" } == pairs)
    }

    @Test func aNameMayDifferInCase() throws {
        #expect(try Conversation(messages("Ana:1", "B:2"), person: " ana ").person == "Ana")
    }

    @Test func saysWhoWroteWhereThePersonDidNot() throws {
        let error = #expect(throws: ExportError.self) { try Conversation(messages("A:1", "B:2"), person: "Me") }
        #expect(error?.code == .personNotFound)
        #expect(error?.message.contains("“A”, “B”") == true)
        #expect(throws: ExportError.self) { try Conversation([], person: "Me") }
    }

    @Test func saysThatOnlyThePersonWrote() throws {
        let alone = try Conversation(messages("Me:1", "Me:2"), person: "Me")
        let error = #expect(throws: ExportError.self) { try alone.pairs() }
        #expect(error?.code == .noPairs && error?.message.contains("Only “Me” wrote") == true)
        let first = try Conversation(messages("Me:1", "A:2"), person: "Me")
        #expect(throws: ExportError.self) { try first.pairs() }
    }
}
