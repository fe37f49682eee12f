import SMS
import Testing

@Suite struct MessageSizeTests {
    @Test(arguments: [
        ("", 0, 0), ("a", 1, 1),
        (String(repeating: "a", count: 160), 160, 1),
        (String(repeating: "a", count: 161), 161, 2),
        (String(repeating: "a", count: 306), 306, 2),
        (String(repeating: "a", count: 307), 307, 3),
        (String(repeating: "€", count: 80), 160, 1),
        (String(repeating: "€", count: 81), 162, 2),
        ("^{}\\[~]|€\u{0C}", 20, 1),
    ])
    func countsSeptets(text: String, units: Int, segments: Int) {
        let size = MessageSize(of: text)
        #expect(size.encoding == .gsm7 && size.units == units && size.segments == segments)
    }

    @Test(arguments: [
        (String(repeating: "я", count: 70), 70, 1),
        (String(repeating: "я", count: 71), 71, 2),
        (String(repeating: "я", count: 134), 134, 2),
        (String(repeating: "я", count: 135), 135, 3),
        ("ê", 1, 1), ("“quoted”", 8, 1), ("😀", 2, 1),
        (String(repeating: "😀", count: 35), 70, 1),
        (String(repeating: "😀", count: 36), 72, 2),
    ])
    func countsCodeUnits(text: String, units: Int, segments: Int) {
        let size = MessageSize(of: text)
        #expect(size.encoding == .ucs2 && size.units == units && size.segments == segments)
    }

    @Test func splitsNeitherPairsNorEscapes() {
        // 33 pairs fill 66 of 67 code units; 76 euro signs fill 152 of 153 septets.
        #expect(MessageSize(of: String(repeating: "😀", count: 66)).segments == 2)
        #expect(MessageSize(of: String(repeating: "😀", count: 67)).segments == 3)
        #expect(MessageSize(of: String(repeating: "€", count: 152)).segments == 2)
        #expect(MessageSize(of: String(repeating: "€", count: 153)).segments == 3)
    }

    @Test func everyCharacterOfTheAlphabetIsOne() {
        let alphabet =
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
            + "abcdefghijklmnopqrstuvwxyzäöñüà"
        let size = MessageSize(of: alphabet)
        #expect(size.encoding == .gsm7 && size.units == 127, "all but the escape to the extension table")
        for letter in ["ç", "Á", "ő", "ł", "`"] { #expect(MessageSize(of: letter).encoding == .ucs2, "\(letter)") }
    }
}

@Suite struct PhoneSpellingTests {
    @Test(arguments: [
        ("“It’s” ‘so’ – or — so…", "\"It's\" 'so' - or - so..."),
        ("27\u{A0}days\u{202F}a year", "27 days a year"),
        ("• one\u{2028}• two", "- one\n- two"),
        ("co\u{AD}op\u{200B}er\u{FEFF}ate", "cooperate"),
        ("e\u{301}te\u{301}", "été"),
        ("½ day × 2 → 1", "1/2 day x 2 -> 1"),
        ("Größe ê Ω €", "Größe ê Ω €"),
    ])
    func hasTheSameCharactersInAnotherForm(text: String, spelled: String) {
        #expect(text.spelledForPhones == spelled)
    }

    @Test func aSpelledPolicyTextStaysInSevenBits() {
        let text = "“Employees’ annual leave” — 27 days…"
        #expect(MessageSize(of: text).encoding == .ucs2)
        #expect(MessageSize(of: text.spelledForPhones).encoding == .gsm7)
    }
}
