import Testing

@testable import PolicyAssistant

@Suite struct UserIDTests {
    @Test(arguments: [
        "ana", "ana@example.com", "\u{FEFF}ana", "\u{200B}", "e\u{301}", "\u{E9}", "a/b", "a+b", "%41", "...", "..a",
        ".a",
        "a..", " ", String(repeating: "\u{1F600}", count: 256),
    ])
    func takesWhatAURLCanName(text: String) throws {
        #expect(try UserID(text).value.utf8.elementsEqual(text.utf8))
        #expect(try text.firstMatch(of: Regex(UserID.pattern)) != nil)
    }

    @Test(arguments: ["", ".", "..", "a\u{0}", "a\u{7F}", "\u{85}", "a\nb"])
    func refusesWhatNoURLCanName(text: String) throws {
        #expect(throws: PolicyAssistantError.self) { try UserID(text) }
        #expect(try text.firstMatch(of: Regex(UserID.pattern)) == nil)
    }

    @Test func usersAreToldApartByteForByte() throws {
        #expect(try UserID("e\u{301}") != UserID("\u{E9}"))
        #expect(try UserID("\u{FEFF}ana") != UserID("ana"))
        #expect(try UserID("\u{FEFF}ana").pseudonym != UserID("ana").pseudonym)
    }
}
