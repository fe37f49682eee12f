import Testing

@testable import DocumentText

@Suite struct SentenceSplitterTests {
    @Test(arguments: [
        ["It costs 3.50 euros.", "Dr. Smith, e.g. from Berlin, pays it.", "Really?", "Yes!"],
        ["The office closes at 5 p.m. on Fridays.", "It opens at 9 a.m.", "Then we work."],
        ["Ab dem 1. Januar gilt die Regel, z. B. für alle.", "Sie gilt ab 31. Dezember nicht mehr.", "Ende."],
        ["Der Antrag ist am 15. Tag fällig.", "Danach ist es zu spät."],
        [
            "Ab dem 301. Kilometer sind es 0,22 €.", "Nach dem 1.001. Tag endet es.", "Das gilt bis 2025.",
            "Danach nicht.",
        ],
        ["You get 27.", "The rest is lost.", "It costs 3.50.", "See v2.1.", "Ask U.S. staff."],
        ["J. R. Miller decides (see no. 4).", "“So it is.”", "(Ask her.)", "€5 are paid."],
        ["3. Employees ask first…", "Then they go."],
        ["See example.org or v2.1 of the plan"],
        ["Überstunden werden bezahlt.", "Äußerst selten nicht."],
        ["هل الإجازة مدفوعة؟", "نعم، عشرون يوما.", "اسأل المدير."], ["किसे बताना है।", "प्रबंधक को।"],
        ["연차는 15일입니다.", "휴가는 미리 신청합니다!"],
    ])
    func findsTheSentences(sentences: [String]) {
        #expect(SentenceSplitter.sentences(of: sentences.joined(separator: " ")) == sentences)
    }

    @Test(arguments: [
        ["每位员工每年享有十五天带薪年假。", "病假需要提供医生证明！", "加班须经批准"],
        ["出張の日当は三千円です。", "「宿泊費は一万円まで支払われます。」", "以上。"],
    ])
    func findsSentencesThatNoBlankFollows(sentences: [String]) {
        #expect(SentenceSplitter.sentences(of: sentences.joined()) == sentences)
        #expect(SentenceSplitter.sentences(of: sentences.joined(separator: " ")) == sentences)
    }
}
