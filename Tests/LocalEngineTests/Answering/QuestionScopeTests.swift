import Testing

@testable import LocalEngine

/// Which passages are about the country, the year or the group that a question names.
@Suite struct QuestionScopeTests {
    private static func passage(
        _ id: Int64,
        _ title: String,
        _ headings: [String],
        _ text: String,
        _ score: Double = 0.6
    ) -> ScoredPassage {
        ScoredPassage(id: id, fileID: "file-\(title)", title: title, headings: headings, text: text, score: score)
    }

    /// What is left, and what of it leaves doubt, by number.
    private static func left(
        _ question: String,
        _ found: [ScoredPassage],
        context: String? = nil,
        margin: Double? = nil
    ) -> (kept: [Int64], doubtful: [Int64]) {
        let scope = QuestionScope(of: question, in: context ?? question, among: found, margin: margin)
        let kept = found.filter { !scope.leavesOut($0) }
        return (kept.map(\.id), kept.filter { scope.leavesInDoubt($0) }.map(\.id))
    }

    /// Documents for two countries, each with other words for the same, and one for both.
    private static let countries = [
        passage(1, "working in norway", ["Working in Norway", "Notice"], "Either side gives notice of 5 weeks."),
        passage(2, "working in spain", ["Working in Spain", "Leaving us"], "A contract ends 9 weeks after notice."),
        passage(3, "working in norway", ["Working in Norway", "Meals"], "The allowance is 30 euros."),
        passage(4, "working in spain", ["Working in Spain", "Meals"], "We pay 20 euros a day for meals."),
        passage(5, "common rules", ["Common rules", "Gym"], "A membership costs 15 euros a month."),
    ]

    @Test func passagesForOtherCountriesAreLeftOut() {
        #expect(Self.left("How long is the notice in Spain?", Self.countries).kept == [2, 4, 5])
        #expect(Self.left("How long is the notice in Norway?", Self.countries).kept == [1, 3, 5])
        #expect(Self.left("What is the allowance for meals in Spain?", Self.countries).kept.contains(4))
        #expect(Self.left("How long is the notice?", Self.countries).kept == [1, 2, 3, 4, 5])
    }

    /// The sections of one heading differ in their figures alone, and each document has only one.
    @Test func passagesInTheSameWordsAreLeftOut() {
        let sheets = ["interns", "managers"].enumerated().map { place, group in
            Self.passage(Int64(place), group, [], "The fee of the canteen is \(place + 3) euros a day.")
        }
        #expect(Self.left("What is the fee of the canteen for managers?", sheets).kept == [1])
        #expect(Self.left("What is the fee of the canteen?", sheets).kept == [0, 1])
    }

    @Test func whatHoldsInGeneralLeavesDoubt() {
        let (kept, doubtful) = Self.left("What does the gym cost in Norway?", Self.countries)
        #expect(kept.contains(5))
        #expect(doubtful.contains(5))
        #expect(!doubtful.contains(3))
        #expect(Self.left("What does the gym cost?", Self.countries).doubtful.isEmpty)
    }

    /// Nothing of the documents for the country has as much of the question.
    @Test func whatHasMostOfTheQuestionLeavesNoDoubt() {
        let (kept, doubtful) = Self.left("What does a gym membership cost in Norway?", Self.countries)
        #expect(kept.contains(5))
        #expect(!doubtful.contains(5))
    }

    /// Documents that have no section in common, of which one is for a country by its title and one for a town by the text above
    /// its sections.
    private static let others = [
        passage(1, "leave", ["Leave", "Days"], "Staff get 30 days."),
        passage(2, "rules austria", ["Rules Austria", "Holiday"], "Holiday is 25 days.", 0.5),
        passage(3, "rules austria", ["Rules Austria", "Trial"], "The trial takes a month.", 0.4),
        passage(4, "plant", ["Plant"], "It is valid since 2024. It is for all who work in Turin.", 0.6),
        passage(5, "plant", ["Plant", "Free days"], "There are 28 free days.", 0.55),
        passage(6, "plant", ["Plant", "Shifts"], "A shift is 8 hours.", 0.4),
    ]

    @Test(arguments: [
        ("How many days do I get in Austria?", [2, 3]), ("how many days do i get in austria", [2, 3]),
        ("And for Austria?", [2, 3]), ("How many days do I get in Turin?", [5, 6]),
        ("How many days does Austria give?", [1, 2, 3, 4, 5, 6]), ("How many days for Rome?", [1, 2, 3, 4, 5, 6]),
    ])
    func whatIsNotForThePlaceLeavesDoubt(question: String, sure: [Int64]) {
        let (kept, doubtful) = Self.left(question, Self.others, margin: 0.2)
        #expect(kept.filter { !doubtful.contains($0) || sure.contains($0) } == sure)
        // The text that only says for whom the sections are does not answer.
        #expect(!question.contains("Turin") || !kept.contains(4))
    }

    private static let years = [2024, 2025].map { year in
        passage(Int64(year), "agreement \(year)", ["Agreement \(year)", "Leave"], "There are \(year % 100) days off.")
    }

    @Test func passagesOfOtherYearsAreLeftOut() {
        #expect(Self.left("How many days of holiday were there in 2024?", Self.years).kept == [2024])
        #expect(Self.left("How many days of holiday are there?", Self.years).kept == [2024, 2025])
        let both = Self.left("Were there more days in 2024 than in 2025?", Self.years)
        #expect(both.kept == [2024, 2025])
        #expect(both.doubtful == [2024, 2025])
        // No document is for the year, which may be something else.
        let other = Self.left("I began in 2019. How many days of holiday are there?", Self.years)
        #expect(other.kept == [2024, 2025])
        #expect(other.doubtful == [2024, 2025])
    }

    /// No other document has one of its sections.
    @Test func wordsOfOtherTitlesAreNoNames() {
        let found = [
            Self.passage(1, "handbook", ["Handbook", "Leave"], "After 8 years you get 30 days."),
            Self.passage(2, "site services", ["Site services", "Canteen"], "Lunch costs 5 euros."),
            Self.passage(3, "site services", ["Site services", "Parking"], "A place is free."),
        ]
        #expect(Self.left("How many days do I get after 8 years of service?", found).doubtful.isEmpty)
    }

    /// The topic of a document is in its texts, and in those of others.
    @Test func topicsAreNoNames() {
        let found = [
            Self.passage(1, "handbook", ["Handbook", "Birth"], "Parents get 20 weeks."),
            Self.passage(2, "leave policy", ["Leave policy", "Illness"], "Sick leave is paid for 6 weeks."),
            Self.passage(3, "leave policy", ["Leave policy", "Study"], "Study leave is 3 days."),
        ]
        for question in ["How much leave do I get for a birth?", "What does the policy say about a birth?"] {
            let (kept, doubtful) = Self.left(question, found)
            #expect(kept == [1, 2, 3])
            #expect(doubtful.isEmpty)
        }
    }

    @Test func namesOfEarlierQuestionsCountWithoutOthers() {
        let earlier = "How long is the notice in Norway?"
        let kept = { (question: String) in
            Self.left(question, Self.countries, context: earlier + " " + question).kept
        }
        #expect(!kept("And the notice in Spain?").contains(1))
        #expect(kept("And the notice in Spain?").contains(2))
        #expect(!kept("And is it a long notice?").contains(2))
    }

    /// Nobody knows whether the passage that is closer says the same.
    @Test(arguments: [(0.55, [1, 3], [1, 3]), (0.3, [5, 2, 1, 3], [5, 2])])
    func aPassageWithTheNameIsPreferredIfItIsNearlyAsClose(score: Double, kept: [Int64], doubtful: [Int64]) {
        let found = [5, 2, 4, 1, 3].map { id in
            var passage = Self.countries[id - 1]
            passage.score = passage.title == "working in norway" ? score : 0.6
            return passage
        }
        let left = Self.left("What is the monthly fee of a gym in Norway?", found, margin: 0.2)
        #expect(left.kept == kept)
        #expect(left.doubtful == doubtful)
    }

    /// It says the same as far as the words of the question tell, but is far less close.
    @Test(arguments: [(0.45, [1]), (0.3, [2, 1])])
    func aPassageWithTheNameIsPreferredIfItIsClose(score: Double, kept: [Int64]) {
        var found = [Self.countries[1], Self.countries[0], Self.countries[2], Self.countries[3]]
        found[1].score = score
        found[2].score = 0.1
        let left = Self.left("How long is the notice in Norway?", found, margin: 0.2)
        #expect(left.kept.prefix(kept.count) == kept[...])
    }
}
