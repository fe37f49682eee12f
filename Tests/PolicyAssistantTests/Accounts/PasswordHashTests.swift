import Testing

@testable import PolicyAssistant

@Suite struct PasswordHashTests {
    @Test func hasTheFormOthersRead() throws {
        let hash = try PasswordHash(of: "correct horse battery", cost: .light)
        let parts = hash.text.split(separator: "$")
        #expect(parts.count == 4)
        #expect(parts[0] == "scrypt" && parts[1] == "ln=4,r=8,p=1")
        #expect(PasswordHash(hash.text) == hash)
        #expect(try hash.matches("correct horse battery"))
        for wrong in ["", "correct horse batter", "correct horse battery ", "Correct horse battery"] {
            #expect(try !hash.matches(wrong), "\(wrong)")
        }
    }

    @Test func readsWhatAnotherImplementationMade() throws {
        // By Python's hashlib.scrypt.
        let text = "$scrypt$ln=4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$coHb6LlzckOeOHbDHR6JGt8ViaJ/p4LgT4TcMJHWRUI"
        let hash = try #require(PasswordHash(text))
        #expect(try hash.matches("correct horse battery"))
        #expect(hash.text == text)
    }

    @Test(arguments: [
        ("Zo\u{EB}s caf\u{E9} au lait", "Zoe\u{308}s cafe\u{301} au lait"),
        ("\u{1E69}paced out, at length", "s\u{307}\u{323}paced out, at length"),
        ("correct horse battery", "correct\u{A0}horse\u{3000}battery"),
    ])
    func onePasswordMayBeTypedInSeveralWays(_ one: String, _ other: String) throws {
        #expect(try PasswordHash(of: one, cost: .light).matches(other))
        #expect(try PasswordHash(of: other, cost: .light).matches(one))
        // What only looks alike is another password: a Cyrillic letter, a wide one.
        let lookAlike = other.replacing("o", with: "\u{43E}")
        #expect(try !PasswordHash(of: one, cost: .light).matches(lookAlike))
        #expect(try !PasswordHash(of: one, cost: .light).matches(one.replacing("a", with: "\u{FF41}")))
    }

    @Test func eachHashHasItsOwnSalt() throws {
        let hashes = try (0..<3).map { _ in try PasswordHash(of: "correct horse battery", cost: .light).text }
        #expect(Set(hashes).count == 3)
    }

    @Test func aDecoyMatchesNothing() throws {
        let decoy = PasswordHash.decoy(cost: .light)
        #expect(decoy.cost == .light)
        #expect(try !decoy.matches("") && !decoy.matches("correct horse battery"))
    }

    @Test(arguments: [
        "", "scrypt", "$scrypt$ln=15,r=8,p=3$$", "$scrypt$ln=31,r=8,p=1$AAAA$AAAA", "$2b$12$abc",
        "$scrypt$ln=4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$AAAA", "$scrypt$ln=4,r=8,p=1$????$AAAA",
    ])
    func readsNothingElse(_ text: String) {
        #expect(PasswordHash(text) == nil)
    }

    @Test func costsWhatIsRecommended() {
        let cost = PasswordHash.Cost.standard
        #expect((cost.logarithm, cost.blockSize, cost.parallelism) == (15, 8, 3))
    }
}

extension PasswordHash.Cost {
    /// Next to nothing, for tests that are of other things.
    static let light = Self(logarithm: 4, blockSize: 8, parallelism: 1)
}
