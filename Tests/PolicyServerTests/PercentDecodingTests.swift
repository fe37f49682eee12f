import Testing

@testable import PolicyServer

@Suite struct PercentDecodingTests {
    @Test(arguments: [
        ("ana", "ana"), ("a%2Fb%2fc", "a/b/c"), ("a+b", "a+b"), ("%2B%20%25", "+ %"), ("", ""),
        ("%EF%BB%BFana", "\u{FEFF}ana"), ("ana%EF%BB%BF", "ana\u{FEFF}"), ("\u{FEFF}ana", "\u{FEFF}ana"),
        ("%E2%80%8Bana", "\u{200B}ana"), ("e%CC%81", "e\u{301}"), ("%C3%A9", "\u{E9}"), ("%00", "\u{0}"),
    ])
    func decodesEveryByte(text: String, decoded: String) {
        #expect(String(percentDecoding: text)?.utf8.elementsEqual(decoded.utf8) == true)
    }

    @Test(arguments: ["%", "%2", "a%zz", "%+1", "%FF", "%C3", "%ED%A0%80"])
    func rejectsInvalidEncodings(text: String) {
        #expect(String(percentDecoding: text) == nil)
    }
}
