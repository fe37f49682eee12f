import Testing

@testable import LocalEngine

@Suite struct WordsTests {
    @Test func foldsCaseAndAccents() {
        #expect(Words.all(in: "Café-Größe 3.50, don’t!") == ["cafe", "große", "3", "50", "don", "t"])
    }

    @Test func takesPairsOfLettersForWordsWhereNoBlanksAre() {
        #expect(Words.all(in: "2024年の出張") == ["2024", "年の", "の出", "出張"])
        #expect(Words.all(in: "VPN接続、可") == ["vpn", "接続", "可"])
        #expect(Words.all(in: "ลาป่วย") == ["ลา", "าป", "ปว", "วย"], "marks on letters are no letters to the index")
        #expect(Words.content(of: "带薪年假有几天？") == ["带薪", "薪年", "年假"])
        #expect(Words.content(of: "日当はいくらですか？") == ["日当"])
    }

    @Test(arguments: [
        ("Combien de jours de congé ai-je par an ?", ["conge"]),
        ("¿Cuántos días de vacaciones tengo al año?", ["dias", "vacaciones", "ano"]),
        ("Quanti giorni di ferie ho all'anno?", ["giorni", "ferie", "anno"]),
        ("Hoeveel vakantiedagen heb ik per jaar?", ["vakantiedagen", "jaar"]),
        ("Quantos dias de férias tenho por ano?", ["dias", "ferias", "ano"]),
        ("كم يوما من الإجازة؟", ["يوما", "الإجازة"]), ("Wat is een CAO?", ["cao"]), ("연차는 며칠입니까?", ["연차", "칠입"]),
        // A word of another language's grammar may be a name in English.
        ("Who is Van Dam?", ["van", "dam"]), ("Van Dam", ["van", "dam"]),
    ])
    func leavesOutQuestionWordsOfOtherLanguages(text: String, words: [String]) {
        #expect(Words.content(of: text) == words)
    }

    @Test func leavesWhatAQuestionIsAbout() {
        #expect(Words.content(of: "How many days of leave do I get?") == ["days", "leave"])
        #expect(Words.content(of: "Wie viele Urlaubstage habe ich im Jahr?") == ["urlaubstage", "jahr"])
    }

    @Test(arguments: [
        ("caresses", "caress"), ("ponies", "poni"), ("agreed", "agre"), ("plastered", "plaster"), ("motoring", "motor"),
        ("hopping", "hop"), ("falling", "fall"), ("filing", "file"), ("happy", "happi"), ("relational", "relat"),
        ("reimbursement", "reimburs"), ("reimburse", "reimburs"), ("hopefulness", "hope"), ("electrical", "electr"),
        ("adoption", "adopt"), ("probate", "probat"), ("rate", "rate"), ("controll", "control"), ("carried", "carri"),
        ("carry", "carri"), ("at", "at"), ("tür", "tür"), ("b2b", "b2b"),
    ])
    func stemsAsTheIndexDoes(word: String, stem: String) {
        #expect(WordStem.of(word) == stem)
    }

    /// No word stands for another one.
    @Test func asksForTheWordsOfAQueryAndTheirForms() {
        #expect(QueryWords("How much time off do I get for holidays?").all == ["time", "holidays"])
        #expect(QueryWords("pay a \"tax\"").expression == #""pay" OR "tax""#)
        #expect(QueryWords("holidays").expression == #""holidays" *"#)
        #expect(QueryWords("genehmigen").expression == #""genehmig" *"#)
    }

    @Test(arguments: [
        ("annual-leave.md", "annual leave"), ("TravelExpenses 2026.pdf", "Travel Expenses 2026"), ("README", "README"),
        (".profile", "profile"), ("a.b.txt", "a b"),
    ])
    func readsTheNameOfAFile(filename: String, title: String) {
        #expect(DocumentTitle.title(of: filename) == title)
    }

    @Test func tellsWordsOfEverydayLanguage() {
        #expect(CommonWords.contains("taking") && CommonWords.contains("years"))
        #expect(!CommonWords.contains("salary"))
    }
}
