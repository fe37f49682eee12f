import MessageExports
import Testing

@Suite struct MessengerInboxTests {
    private let inbox = MessengerInbox(paths: [
        "messages/inbox/analima_1a2b/message_10.json", "messages/inbox/analima_1a2b/message_2.json",
        "messages/inbox/analima_1a2b/message_1.json", "messages/inbox/analima_1a2b/photos/1.jpg",
        "messages/inbox/ben_77/message_1.json", "messages/archived_threads/benno_78/message_1.json",
        "messages/inbox/facebookuser_9/message_x.json", "messages/autofill_information.json",
    ])

    @Test(arguments: ["analima_1a2b", "analima", "Ana Lima", "ANA", "messages/inbox/analima_1a2b"])
    func findsAChatByItsNameOrFolder(_ name: String) throws {
        let chat = try inbox.chat(named: name)
        #expect(chat.folder == "messages/inbox/analima_1a2b")
    }

    @Test func ordersFilesByTheirNumbers() throws {
        let names = try inbox.chat(named: "analima").files.map { $0.split(separator: "/").last.map(String.init) }
        #expect(names == ["message_1.json", "message_2.json", "message_10.json"])
    }

    @Test func saysWhichChatsThereAreWhereNoneHasTheName() {
        let error = #expect(throws: ExportError.self) { try inbox.chat(named: "Cleo") }
        #expect(error?.code == .chatNotFound)
        #expect(error?.message.contains("Cleo") == true && error?.message.contains("inbox/analima_1a2b") == true)
    }

    @Test func namesBothChatsWhereTwoHaveTheName() throws {
        let error = #expect(throws: ExportError.self) { try inbox.chat(named: "ben") }
        #expect(error?.code == .chatAmbiguous)
        for folder in ["inbox/ben_77", "archived_threads/benno_78"] {
            #expect(error?.message.contains(folder) == true)
        }
        #expect(try inbox.chat(named: "ben_77").files == ["messages/inbox/ben_77/message_1.json"])
    }

    @Test func needsANameOnlyForSeveralChats() throws {
        #expect(throws: ExportError.self) { try inbox.chat(named: nil) }
        let one = MessengerInbox(paths: ["message_1.json", "message_2.json"])
        #expect(try one.chat(named: nil).files == ["message_1.json", "message_2.json"])
    }

    @Test func saysThatAnExportHasNoChat() {
        let error = #expect(throws: ExportError.self) { try MessengerInbox(paths: ["x.html"]).chat(named: "ana") }
        #expect(error?.message.contains("as JSON") == true)
    }
}
