import MessageExports
import Testing

@Suite struct WhatsAppReaderTests {
    private func read(_ text: String) throws -> MessageList {
        try WhatsAppReader.messages(in: ExportFile(name: "chat.txt", bytes: Array(text.utf8)))
    }

    @Test(arguments: [
        "31.12.23, 21:41 - ", "31.12.2023, 21:41 - ", "12/31/23, 9:41 PM - ", "12/31/23, 9:41\u{202F}PM - ",
        "31/12/2023, 21:41 - ", "31/12/23 21:41 - ", "2023-12-31, 21:41 - ", "31-12-23, 21:41 - ",
        "31.12.17 um 21:41 - ",
        "31/12/2023, 9:41 p. m. - ", "31/12/23, 9.41 pm - ", "[31.12.23, 21:41:07] ", "[12/31/23, 9:41:07 PM] ",
        "[12/31/23, 9:41:07\u{202F}PM] ", "[31/12/2023, 21:41:07] ", "[2023-12-31, 21:41:07] ", "[31.12.23 21:41:07] ",
        "\u{200E}[31.12.23, 21:41:07] ", "\u{FEFF}[31. 12. 2023, 21:41:07] ",
    ])
    func readsTheFormsOfDatesAndTimes(_ header: String) throws {
        let list = try read("\(header)Ana Lima: Hello: there\n\(header)Ben: Hi\n")
        #expect(
            list.messages == [Message(sender: "Ana Lima", text: "Hello: there"), Message(sender: "Ben", text: "Hi")]
        )
    }

    @Test func joinsTheLinesOfAMessage() throws {
        let list = try read(
            """
            31.12.23, 21:41 - Ana: Shopping:
            - 2 onions

            1. salt - the coarse one
            12:30 works, [1] too
            31.12.23, 21:42 - Ben: ok\r\n31.12.23, 21:43 - Ana: thanks\r\n
            """
        )
        #expect(
            list.messages.map(\.text) == [
                "Shopping:\n- 2 onions\n\n1. salt - the coarse one\n12:30 works, [1] too", "ok", "thanks",
            ]
        )
    }

    @Test(arguments: [
        ("<Media omitted>", LeftOut.Reason.media), ("<Medien ausgeschlossen>", .media),
        ("\u{200E}image omitted", .media),
        ("\u{200E}Bild weggelassen", .media), ("\u{200E}Kontaktkarte ausgelassen", .media),
        ("report.pdf • \u{200E}12 pages \u{200E}document omitted", .media),
        ("\u{200E}<attached: 00000042-PHOTO-2023-12-31-21-41-07.jpg>", .media),
        ("\u{200E}<Anhang: 1-AUDIO.opus>", .media),
        ("IMG-20231231-WA0001.jpg (file attached)\nthe beach", .media), ("\u{200E}IMG-1.jpg (Datei angehängt)", .media),
        ("<View once voice message omitted>", .media), ("location: https://maps.google.com/?q=1,2", .media),
        ("This message was deleted", .unsent), ("\u{200E}This message was deleted.", .unsent),
        ("You deleted this message", .unsent), ("Diese Nachricht wurde gelöscht.", .unsent),
        ("Du hast diese Nachricht gelöscht.", .unsent), ("Missed voice call", .call),
        ("\u{200E}Verpasster Sprachanruf", .call), ("\u{200E}Missed video call, \u{200E}Tap to call back", .call),
        ("\u{200E}Ana a ajouté Cleo", .notice), ("POLL:\nLunch?\nOPTION: Yes (2 votes)", .notice), ("", .noText),
    ])
    func leavesOutWhatNobodyWrote(_ text: String, _ reason: LeftOut.Reason) throws {
        let list = try read("[31.12.23, 21:41:07] Ana: \(text)\n[31.12.23, 21:41:08] Ana: after\n")
        #expect(list.messages.map(\.text) == ["after"])
        #expect(list.leftOut[reason] == 1 && list.leftOut.total == 1)
    }

    @Test(arguments: [
        "I think the image was omitted", "<3 and more omitted", "the photo is (file attached) here",
        "location: my desk",
        "this message was deleted by me, I know, and it took me a whole evening to write it all down once more",
    ])
    func keepsWhatOnlyLooksLikeANotice(_ text: String) throws {
        let list = try read("31.12.23, 21:41 - Ana: \(text)")
        #expect(list.messages.map(\.text) == [text])
    }

    @Test func leavesOutLinesWithoutASender() throws {
        let list = try read(
            """
            31.12.23, 21:40 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.
            31.12.23, 21:41 - Ana created group “Lunch: today”
            31.12.23, 21:41 - Ana changed the subject from “Lunch: today” to “Lunch: tomorrow”
            31.12.23, 21:42 - Ana hat den Betreff von „A: b“ zu „C: d“ geändert.
            31.12.23, 21:43 - Ana: Who comes?
            31.12.23, 21:44 - Ben left
            """
        )
        #expect(list.messages == [Message(sender: "Ana", text: "Who comes?")])
        #expect(list.leftOut[.notice] == 5)
    }

    @Test func removesMarksFromNamesAndTexts() throws {
        let list = try read(
            """
            [31.12.23, 21:41:07] \u{202A}+49 170 1234567\u{202C}: Hi \u{2068}Ana\u{2069} \u{200E}<This message was edited>
            [31.12.23, 21:41:08] ~\u{202F}Cleo: Grüße 😂
            """
        )
        #expect(
            list.messages == [
                Message(sender: "+49 170 1234567", text: "Hi Ana"), Message(sender: "Cleo", text: "Grüße 😂"),
            ]
        )
    }

    @Test func saysWhereAFileIsWrong() throws {
        let error = #expect(throws: ExportError.self) { try read("\n\nHello\n31.12.23, 21:41 - Ana: Hi") }
        #expect(error?.description == "chat.txt, line 3, byte 2: \(error?.message ?? "")")
        let other = #expect(throws: ExportError.self) {
            try WhatsAppReader.messages(
                in: ExportFile(name: "chat.txt", bytes: Array("31.12.23, 21:41 - Ana: ".utf8) + [0xFF])
            )
        }
        #expect(other?.message.contains("UTF-8") == true)
    }

    @Test func refusesAMessageWithoutEnd() throws {
        var lines = 0
        let file = ExportFile(name: "chat.txt") {
            lines += 1
            return Array(
                (lines == 1 ? "31.12.23, 21:41 - Ana: a\n" : String(repeating: "b", count: 65_000) + "\n").utf8
            )
        }
        let error = #expect(throws: ExportError.self) { try WhatsAppReader.messages(in: file) }
        #expect(error?.code == .tooLarge && error?.position?.line == 1)
        #expect(lines < 20)
    }

    @Test func refusesALineWithoutEnd() throws {
        var pieces = 0
        let file = ExportFile(name: "chat.txt") {
            pieces += 1
            return Array(repeating: UInt8(ascii: "a"), count: 65_536)
        }
        let error = #expect(throws: ExportError.self) { try WhatsAppReader.messages(in: file) }
        #expect(error?.code == .tooLarge)
        #expect(pieces < 20)
    }
}
