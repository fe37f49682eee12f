import Testing

@testable import PolicyAssistant

@Suite struct EscapedTextTests {
    @Test(arguments: [
        ("plain – Grüße 🏖️ 👩‍👧 עברית", "plain – Grüße 🏖️ 👩‍👧 עברית"), ("a\u{1B}[2Jb", "a\\u{1B}[2Jb"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"), ("\u{9B}31m", "\\u{9B}31m"), ("a\u{7F}", "a\\u{7F}"), ("\0", "\\u{0}"),
        ("invoice\u{202E}fdp.md", "invoice\\u{202E}fdp.md"), ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
        ("a\u{2028}b", "a\\u{2028}b"), ("\u{FEFF}a", "\\u{FEFF}a"),
    ])
    func escapesWhatATerminalObeys(_ text: String, _ expected: String) {
        #expect(text.escapingControls() == expected)
    }

    @Test func keepsLinesWhereATextHasSome() {
        #expect("one\n\ttwo\r\u{1B}c".escapingControls(keepingLines: true) == "one\n\ttwo\\r\\u{1B}c")
    }

    @Test func bringsSomebodyElsesWordsOntoOneLine() {
        #expect(
            "  No text:\n\u{1B}[31m it may be\u{202E} a scan. ".onOneLine(upTo: 99) == "No text: [31m it may be a scan."
        )
        #expect(String(repeating: "a", count: 50).onOneLine(upTo: 10) == "aaaaaaaaa…")
        #expect("".onOneLine(upTo: 10).isEmpty)
    }
}
