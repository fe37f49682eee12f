import SMS
import Testing

@Suite struct PhoneTextTests {
    private let invitation = "Reply MORE for the rest."

    private func pieces(of text: String, ending: String = "", segments: Int) -> [String] {
        var (pieces, rest): ([String], String?) = ([], text)
        while let text = rest {
            let cut = PhoneText(text, ending: ending, invitation: invitation, segments: segments)
            pieces.append(cut.piece)
            rest = cut.rest
            if pieces.count > 1000 { break }
        }
        return pieces
    }

    @Test func aShortTextIsWhole() {
        let cut = PhoneText("You have 27 days.", ending: "Source: Leave policy §2", invitation: invitation, segments: 1)
        #expect(cut.piece == "You have 27 days.\nSource: Leave policy §2")
        #expect(cut.rest == nil)
    }

    @Test func isCutAtASentence() {
        let sentence = "Employees may work from another country for 30 days in a year, e.g. in Spain. "
        let cut = PhoneText(
            String(repeating: sentence, count: 8),
            ending: "Source: A",
            invitation: invitation,
            segments: 2
        )
        #expect(cut.piece.hasSuffix("in Spain.\nSource: A\n" + invitation))
        #expect(MessageSize(of: cut.piece).segments == 2)
        #expect(cut.rest?.hasPrefix("Employees may") == true)
    }

    @Test(arguments: ["p. 5", "e.g. this", "No. 7", "3.50 euros", "J. Smith", "approx. 30"])
    func anAbbreviationEndsNoSentence(phrase: String) {
        let text =
            "The first sentence ends here. " + String(repeating: "x", count: 90) + " \(phrase) "
            + String(repeating: "y", count: 200)
        let cut = PhoneText(text, invitation: invitation, segments: 1)
        #expect(cut.piece.hasPrefix("The first sentence ends here.\n") || cut.piece.contains("..."))
    }

    @Test(arguments: [1, 2, 3])
    func everyPieceFitsAndNothingIsLost(segments: Int) {
        let texts = [
            String(repeating: "Wer krank ist, meldet sich bis 9 Uhr. ", count: 40),
            String(repeating: "Сотрудники имеют право на отпуск. ", count: 30),
            String(repeating: "👩‍👩‍👧‍👦", count: 60),
            String(repeating: "a", count: 2000),
            String(repeating: "{x} | €y ~ ", count: 100),
            "Zeile eins\nZeile zwei\n" + String(repeating: "kein Ende ", count: 100),
        ]
        for text in texts {
            let pieces = pieces(of: text, ending: "Source: Travel policy §6", segments: segments)
            var joined = ""
            for (index, piece) in pieces.enumerated() {
                #expect(MessageSize(of: piece).segments <= segments)
                #expect(!piece.unicodeScalars.contains("\u{FFFD}"))
                #expect(piece.hasSuffix(invitation) == (index < pieces.count - 1))
                joined += piece.split(separator: "\nSource:")[0].replacing("...", with: "")
            }
            let blanks: (Character) -> Bool = { $0.isWhitespace }
            #expect(joined.filter { !blanks($0) } == text.filter { !blanks($0) })
        }
    }

    @Test func aTextWithoutBlanksIsCutBetweenCharacters() {
        let pieces = pieces(of: String(repeating: "👍🏽", count: 100), segments: 1)
        #expect(pieces.allSatisfy { MessageSize(of: $0).segments == 1 })
        #expect(pieces.joined().filter { $0 == "👍🏽" }.count == 100)
    }
}

@Suite struct KeywordTests {
    @Test(arguments: [
        "STOP", " stop. ", "Stop!", "UNSUBSCRIBE", "end", "quit", "StopAll", "STOP ALL", "revoke", "OptOut", "Cancel",
    ])
    func carriersWordsStop(message: String) {
        #expect(Keyword(message) == .stop(isCarriers: true))
    }

    @Test(arguments: ["ARRÊT", "arret", "Alto", "Baja", "Abmelden", "STOPP", "sair"])
    func otherLanguagesWordsStop(message: String) {
        #expect(Keyword(message) == .stop(isCarriers: false))
    }

    @Test func otherWords() {
        #expect(Keyword("start") == .start(isCarriers: true) && Keyword("UNSTOP") == .start(isCarriers: true))
        #expect(Keyword("Help") == .help(isCarriers: true) && Keyword("¿Ayuda?") == .help(isCarriers: false))
        #expect(Keyword("MORE") == .more && Keyword("Más") == .more && Keyword("mehr!") == .more)
    }

    @Test(arguments: [
        "cancel my leave", "How do I stop my pension?", "help me with travel costs", "more leave", "When does it end?",
        "", "  ",
        "STOP it", "start date", "info about sick pay",
    ])
    func aWordWithinAMessageIsNone(message: String) {
        #expect(Keyword(message) == nil)
    }
}

@Suite struct PhoneNumberTests {
    @Test func readsNumbers() {
        #expect(PhoneNumber(" +14155550123 ")?.value == "+14155550123")
        #expect(PhoneNumber("24273")?.value == "24273")
        #expect(PhoneNumber("TEST123")?.isTest == true)
        for text in [
            "", "+", "+1", "+1234567890123456", "4155550123x", "whatsapp:+14155550123", "12", "123456789", "+1 415",
        ] {
            #expect(PhoneNumber(text) == nil, "\(text)")
        }
    }

    @Test func showsNoNumber() throws {
        let number = try #require(PhoneNumber("+14155550123"))
        var dumped = ""
        dump(number, to: &dumped)
        #expect("\(number)" == "…23" && !dumped.contains("415") && !String(reflecting: number).contains("415"))
    }
}
