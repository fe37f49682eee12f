import Testing

@testable import Voice

@Suite struct SpokenTextTests {
    @Test(arguments: [
        ("The rate is CHF 210.", "The rate is 210 Swiss francs."),
        ("It is CHF 3.50 a day.", "It is 3 Swiss francs 50 a day."),
        ("It is CHF 1.05.", "It is 1 Swiss francs 5."),
        ("Pay €45 or $1,250.00!", "Pay 45 euros or 1250 dollars!"),
        ("At most 1'250 CHF or 20 €.", "At most 1250 Swiss francs or 20 euros."),
        ("CHF 20–30 per night", "20 to 30 Swiss francs per night"),
        ("Costs of EUR 2.5 million", "Costs of 2.5 million euros"),
        ("Fr. 2'000.– a year", "2000 Swiss francs a year"),
        ("CHF 0.70/km", "0.70 Swiss francs per kilometre"),
        ("CHF 1 is one", "1 Swiss franc is one"),
        ("25 % of it, or 2.5%.", "25 percent of it, or 2.5 percent."),
        ("10-15 % of 3–5 days", "10 to 15 percent of 3 to 5 days"),
        ("40 h a week, 1 h a day", "40 hours a week, 1 hour a day"),
        ("See § 4 and §§ 5–6.", "See section 4 and sections 5 to 6."),
        ("Trains, e.g. at night, i.e. late, etc.", "Trains, for example at night, that is late, and so on."),
        ("See No. 5, sec. 3 and p. 7.", "See number 5, section 3 and page 7."),
        ("The answer is no. 7 of us agree.", "The answer is number 7 of us agree."),
        ("Since 2026-01-31, at 17:30.", "Since 31 January 2026, at 17 30."),
        ("On 3.12.2026 at 9:00", "On 3 December 2026 at 9 o'clock"),
        ("**Bold**, *slanted*, _so_ and `code`", "Bold, slanted, so and code"),
        ("See [the form](https://x.example/a_b) [1][2], ok.", "See the form, ok."),
        ("Read https://intranet.example.com/travel?x=1.", "Read intranet.example.com."),
        ("Text 【4:0†leave.md】goes on¹.", "Text goes on."),
        ("Write to hr@example.com.", "Write to hr at example.com."),
        ("he/she and/or R&D", "he or she and or R and D"),
        ("≥ 5 days → done ✅ 🎉", "at least 5 days, done"),
        ("Leave – if any – lapses", "Leave, if any, lapses"),
        ("+41 44 123 45 67", "plus 41 44 123 45 67"),
        ("3 < 4 and a_b &amp; c", "3 less than 4 and a b and c"),
        ("It was -5 °C.", "It was minus 5 degrees."),
        ("Section 4.2.1 of version 2.1", "Section 4.2.1 of version 2.1"),
        ("A line<br>break", "A line break"),
        ("- not an item, 044-123-45", "- not an item, 044-123-45"),
    ])
    func englishIsSaidAsItIsRead(text: String, said: String) {
        #expect(SpokenText.plain(text, in: .english) == said)
    }

    @Test(arguments: [
        ("Der Satz ist CHF 210.", "Der Satz ist 210 Franken."),
        ("Es sind CHF 3.50 pro Tag.", "Es sind 3 Franken 50 pro Tag."),
        ("Es kostet 1.250,00 € oder 1'250 Fr.", "Es kostet 1250 Euro oder 1250 Franken."),
        ("Das sind 25 % oder 2.5 %.", "Das sind 25 Prozent oder 2,5 Prozent."),
        ("Nach § 4 Abs. 2 gilt es.", "Nach Paragraf 4 Absatz 2 gilt es."),
        ("Bahn, z. B. ein Billett, d.h. Tram usw.", "Bahn, zum Beispiel ein Billett, das heißt Tram und so weiter."),
        ("Das gilt i. d. R. inkl. Frühstück.", "Das gilt in der Regel inklusive Frühstück."),
        ("Vom 1.3.2026 bis 31.12.2026", "Vom 1. März 2026 bis 31. Dezember 2026"),
        ("Um 17:30 Uhr oder 9:00 Uhr", "Um 17 Uhr 30 oder 9 Uhr"),
        ("Siehe Nr. 7 und Art. 12.", "Siehe Nummer 7 und Artikel 12."),
        ("1,2 Mio. Franken", "1,2 Mio. Franken"),
        ("CHF 1,2 Mio. im Jahr", "1,2 Millionen Franken im Jahr"),
        ("3–5 Tage, 10–15 % und 20 km", "3 bis 5 Tage, 10 bis 15 Prozent und 20 Kilometer"),
        ("CHF 0.70/km und CHF 75/Tag", "0,70 Franken pro Kilometer und 75 Franken pro Tag"),
        ("Am 1. Januar, die 2. Mahnung", "Am 1. Januar, die 2. Mahnung"),
        ("und/oder A & B", "und oder A und B"),
    ])
    func germanIsSaidAsItIsRead(text: String, said: String) {
        #expect(SpokenText.plain(text, in: .german) == said)
    }

    @Test func eachKindOfSentenceHasAnEnd() {
        func words(_ text: String, _ kind: Sentence.Kind = .paragraph) -> String? {
            SpokenText.words(for: Sentence(text: text, kind: kind), in: .english)
        }
        #expect(words("Travel", .heading) == "Travel.")
        #expect(words("a receipt,", .item(number: nil)) == "a receipt.")
        #expect(words("Sign it", .item(number: 2)) == "2: Sign it.")
        #expect(words("You need:") == "You need:")
        #expect(words("“Yes!”") == "“Yes!”")
        #expect(words("***") == nil)
        #expect(words("[1]") == nil)
        let header = ["Country", "Hotel", "Meals"]
        #expect(
            words("", .row(header: header, cells: ["Switzerland", "**CHF 210**", "25 %"]))
                == "Switzerland; Hotel: 210 Swiss francs; Meals: 25 percent."
        )
        #expect(words("", .row(header: header, cells: ["Germany", "", "–"])) == "Germany.")
        #expect(words("", .row(header: [], cells: ["", "—"])) == nil)
    }

    @Test func sourcesAreNamedAtTheEnd() {
        #expect(SpokenPhrase.sources(["travel/travel-policy.md"], in: .english) == "From the travel policy.")
        #expect(
            SpokenPhrase.sources(["leave/annual-leave.md", "travel_policy.pdf", "leave/annual-leave.md"], in: .english)
                == "From the document annual leave and the travel policy."
        )
        #expect(
            SpokenPhrase.sources(["01-spesen.md", "a/reisen.docx"], in: .german)
                == "Aus den Dokumenten spesen und reisen."
        )
        #expect(SpokenPhrase.sources(["reisekosten.md"], in: .german) == "Aus dem Dokument reisekosten.")
        #expect(SpokenPhrase.sources([], in: .english) == nil)
    }

    @Test func theLanguageIsThatOfTheFrequentWords() {
        #expect(Language(of: "How many days of leave do I get?", orElse: .german) == .english)
        #expect(Language(of: "Wie viele Tage Urlaub habe ich?", orElse: .english) == .german)
        #expect(Language(of: "CHF 210", orElse: .german) == .german)
        for sentence in EnglishPolicy.sentences where sentence.count > 60 {
            #expect(Language(of: sentence, orElse: .german) == .english, "\(sentence)")
        }
        for sentence in GermanPolicy.sentences where sentence.count > 60 {
            #expect(Language(of: sentence, orElse: .english) == .german, "\(sentence)")
        }
    }
}
