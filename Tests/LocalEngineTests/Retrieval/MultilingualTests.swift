import Foundation
import GRDB
import TestSupport
import Testing

@testable import LocalEngine

private let modelFolder: String? = {
    guard let folder = ProcessInfo.processInfo.environment["ENCODER_MODEL_DIR"] else { return nil }
    return FileManager.default.fileExists(atPath: "\(folder)/multilingual/sp.model") ? folder : nil
}()

/// The engine with the encoders for English and for other languages, which are in the folder `ENCODER_MODEL_DIR` names.
@Suite(.enabled(if: modelFolder != nil, "ENCODER_MODEL_DIR names no folder with a multilingual encoder"))
struct MultilingualTests {
    private static let documents = [
        "leave.md": Policies.leave,
        "travel.txt": Policies.travel,
        "tiere.md": """
        # Tiere im Büro

        Hunde dürfen freitags mit ins Büro. Wer einen Hund mitbringt, haftet für ihn.

        # Fahrräder

        Die Firma übernimmt für ein Dienstrad bis zu 40 Euro im Monat.
        """,
    ]

    /// What is in the other language, or in the same that is not English.
    @Test(arguments: [
        ("Wie viele Tage Urlaub habe ich im Jahr?", "27 days", "leave.md"),
        ("Wie viel bekomme ich auf Dienstreisen im Ausland für das Essen?", "64 euros", "travel.txt"),
        ("Combien de semaines de congé parental puis-je prendre ?", "18 weeks", "leave.md"),
        ("Can I bring my dog to the office?", "freitags", "tiere.md"),
        ("Darf mein Welpe mit zur Arbeit?", "freitags", "tiere.md"),
        ("How much does the company pay for a leased bicycle?", "40 Euro", "tiere.md"),
        // English to English, beside passages in German.
        ("How many vacation days does the company give its staff?", "27 days", "leave.md"),
        ("What may I spend on lunch in a foreign country?", "64 euros", "travel.txt"),
        // A single word, whose language the documents tell.
        ("Hunde", "freitags", "tiere.md"), ("Elternurlaub", "18 weeks", "leave.md"),
    ])
    func answersAcrossLanguages(question: String, fact: String, file: String) async throws {
        try await withEngine(encoder: modelFolder) { engine in
            let store = try await engine.store(Self.documents)
            let answer = try await engine.answer(question, in: store.id)
            #expect(answer.text.contains(fact))
            #expect(answer.files.first == file)
        }
    }

    /// The only policy in English is found among many in German that treat other things.
    @Test func findsOneOfFewAmongManyOfAnotherLanguage() async throws {
        let subjects = [
            "Fahrrad", "Drucker", "Parkplatz", "Schlüssel", "Ausweis", "Kantine", "Dienstwagen", "Telefon",
            "Bildschirm",
            "Besprechungsraum", "Briefkasten", "Kaffeeautomat", "Spind", "Aufzug", "Werkzeug", "Laborkittel",
            "Schutzhelm",
            "Lieferant", "Rechnung", "Archiv", "Garage", "Pförtner", "Kopierer", "Feuerlöscher", "Verbandskasten",
        ]
        let rules = subjects.map {
            "# \($0)\n\nWer das Thema \($0) betreut, steht am Eingang. Fragen dazu gehen an die Verwaltung."
        }
        try await withEngine(encoder: modelFolder) { engine in
            let store = try await engine.store(["leave.md": Policies.leave, "haus.md": rules.joined(separator: "\n\n")])
            for question in [
                "How many weeks may parents stay at home?", "Wie viele Wochen dürfen Eltern zu Hause bleiben?",
            ] {
                let answer = try await engine.answer(question, in: store.id)
                #expect(answer.files.first == "leave.md")
                #expect(answer.text.contains("18 weeks"))
            }
        }
    }

    @Test func refusesInTheLanguageOfTheQuestion() async throws {
        try await withEngine(encoder: modelFolder) { engine in
            let store = try await engine.store(Self.documents)
            let answer = try await engine.answer("Wer hat das Fußballspiel gewonnen?", in: store.id)
            #expect(answer.text == AnswerPhrases(in: .german).notFound)
            #expect(answer.files.isEmpty)
        }
    }

    @Test(arguments: [
        ("Darf ich meinen Hund mitbringen?", AnswerPhrases(in: .german)),
        ("May I bring my dog?", AnswerPhrases(in: .english)),
    ])
    func doubtsInTheLanguageOfTheQuestion(question: String, phrases: AnswerPhrases) throws {
        let encoder = try PassageEncoder(folder: #require(modelFolder))
        let closeness = Closeness(
            model: .multilingual,
            passage: 0.3,
            tokens: 0.3,
            tellingTokens: 0.3,
            statements: [0.3],
            statementTokens: [0.3]
        )
        let passage = ScoredPassage(fileID: "file-1", headings: [], text: "Hunde dürfen ins Büro.", score: 0)
        let answer = MeaningAnswerer(encoder: encoder).answer(
            question,
            history: [],
            instructions: nil,
            maximumResults: 10,
            search: { _, _, _ in [RankedPassage(passage, closeness: closeness)] }
        )
        #expect(answer.text.hasPrefix(phrases.doubt))
        #expect(answer.text.hasSuffix("Hunde dürfen ins Büro."))
    }

    /// What is not in English has no vectors by the English model, which cannot read it.
    @Test func encodesEachPassageByTheModelsThatReadIt() async throws {
        try await withTemporaryFolder { folder in
            try await withEngine(in: folder, encoder: modelFolder) { engine in
                _ = try await engine.store(Self.documents)
            }
            let database = try DatabaseQueue(path: "\(folder)/engine.sqlite")
            func titles(_ table: String) throws -> Set<String> {
                try database.read { db in
                    try String.fetchSet(
                        db,
                        sql: "SELECT title FROM passage WHERE id IN (SELECT passage_id FROM \(table))"
                    )
                }
            }
            #expect(try titles("passage_multilingual") == ["leave", "travel", "tiere"])
            #expect(try titles("passage_meaning") == ["leave", "travel"])
        }
    }

    /// Passages that were indexed with the English model alone are encoded in the background when the other one is there,
    /// and keep what they have.
    @Test func encodesWhatWasIndexedInEnglishBefore() async throws {
        let english = try #require(modelFolder)
        try await withTemporaryFolder { folder in
            let alone = "\(folder)/encoder"
            try FileManager.default.createDirectory(atPath: alone, withIntermediateDirectories: false)
            for name in ["config.json", "vocab.txt", "model.safetensors"] {
                try FileManager.default.createSymbolicLink(
                    atPath: "\(alone)/\(name)",
                    withDestinationPath: "\(english)/\(name)"
                )
            }
            let question = "How many vacation days does the company give its staff?"
            let store = try await withEngine(in: folder, encoder: alone) { engine in
                let store = try await engine.store(Self.documents).id
                #expect(try await engine.answer(question, in: store).files.first == "leave.md")
                return store
            }
            let database = try DatabaseQueue(path: "\(folder)/engine.sqlite")
            func count(_ condition: String) async throws -> Int {
                try await database.read {
                    try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM passage WHERE \(condition)") ?? -1
                }
            }
            let missing = "id NOT IN (SELECT passage_id FROM passage_multilingual)"
            let encoded = "id IN (SELECT passage_id FROM passage_meaning)"
            let (all, before) = (try await count("1"), try await count(encoded))
            #expect(before == all)
            #expect(try await count(missing) == all)
            try await withEngine(in: folder, encoder: modelFolder) { engine in
                while try await count(missing) > 0 { _ = try await engine.get("vector_stores/\(store)") }
                let answer = try await engine.answer("Darf mein Welpe mit zur Arbeit?", in: store)
                #expect(answer.files.first == "tiere.md")
                #expect(try await engine.answer(question, in: store).files.first == "leave.md")
            }
            #expect(try await count(encoded) == before)
        }
    }
}

/// What needs no model.
@Suite struct MixedRankingTests {
    private static func closeness(_ value: Double, by model: EncoderModel) -> Closeness {
        Closeness(
            model: model,
            passage: value,
            tokens: value,
            tellingTokens: value,
            statements: [value],
            statementTokens: [value]
        )
    }

    private static func passage(_ id: Int64, _ closeness: Closeness?, reference: Double? = nil) -> RankedPassage {
        RankedPassage(
            ScoredPassage(id: id, fileID: "file-1", headings: [], text: "Text.", score: 0),
            closeness: closeness,
            reference: reference.map { Self.closeness($0, by: .multilingual) }
        )
    }

    /// A passage in another language is measured against all candidates by the model that reads both.
    @Test func comparesPassagesOfSeveralLanguages() {
        let english = [(1, 0.8, 0.3), (2, 0.6, 0.25), (3, 0.5, 0.2)].map { id, closeness, reference in
            Self.passage(Int64(id), Self.closeness(closeness, by: .english), reference: reference)
        }
        let near = Self.passage(4, Self.closeness(0.6, by: .multilingual))
        let far = Self.passage(4, Self.closeness(0.1, by: .multilingual))
        #expect(RankedPassage.ranked(english + [near]).map(\.passage.id) == [4, 1, 2, 3])
        #expect(RankedPassage.ranked(english + [far]).map(\.passage.id) == [1, 2, 3, 4])
    }

    /// Of passages that are as close by one model, the one that is closest by the other.
    @Test func asksTheMultilingualModelForASecondOpinion() throws {
        let passages = [0.1, 0.4, 0.2].enumerated().map { place, reference in
            Self.passage(Int64(place), Self.closeness(0.5, by: .english), reference: reference)
        }
        #expect(RankedPassage.ranked(passages).map(\.passage.id) == [1, 2, 0])
        #expect(try #require(StatementChoice(from: passages, for: "May I?")).passage.id == 1)
    }

    /// A passage that one model ranks best and the other one far below is quoted with more doubt.
    @Test(arguments: [(0.6, 0), (0.45, 1), (0.35, 2), (0.25, 3)])
    func countsThePassagesThatTheOtherModelRanksHigher(reference: Double, surpassed: Int) throws {
        let first = Self.passage(0, Self.closeness(0.9, by: .english), reference: reference)
        let others = [0.5, 0.4, 0.3].enumerated().map { place, reference in
            Self.passage(Int64(place + 1), Self.closeness(0.2, by: .english), reference: reference)
        }
        let ranked = RankedPassage.ranked([first] + others)
        #expect(ranked.first?.passage.id == 0)
        let choice = try #require(StatementChoice(from: ranked, for: "May I?"))
        #expect(choice.surpassed == surpassed)
        var weights = MeaningWeights.inForce
        weights.sureness = MeaningWeights.Sureness([0, 0, 0.1, 0])
        let doubt = 0.1 * log(1 + Double(surpassed))
        #expect(abs(choice.sureness(by: weights) - (choice.certainty - doubt)) < 1e-9)
    }

    @Test func oneModelHasNoneToAgreeWith() {
        let alone = (1...5).map { Self.passage($0, Self.closeness(0.1 * Double($0), by: .multilingual)) }
        #expect(RankedPassage.ranked(alone).map(\.surpassed) == [0, 0, 0, 0, 0])
    }

    /// Of passages that are about as close, those in the question's language rank higher; of others the closest.
    @Test(arguments: [(0.48, [2, 1, 3]), (0.3, [1, 2, 3])])
    func prefersTheLanguageOfTheQuestion(closeness: Double, order: [Int64]) {
        let texts = [
            "You get one day off for your wedding, and it is paid.",
            "Te dan quince días de permiso si te casas, y son de pago.", "Lunch.",
        ]
        let passages = zip(texts, [0.5, closeness, 0.1]).enumerated().map { place, passage in
            RankedPassage(
                ScoredPassage(id: Int64(place + 1), fileID: "file-\(place)", headings: [], text: passage.0, score: 0),
                closeness: Self.closeness(passage.1, by: .multilingual)
            )
        }
        #expect(RankedPassage.ranked(passages, for: .spanish).map(\.passage.id) == order)
        #expect(RankedPassage.ranked(passages, for: .english).map(\.passage.id) == [1, 2, 3])
        #expect(RankedPassage.ranked(passages).map(\.passage.id) == [1, 2, 3])
    }

    /// A passage that one model ranks best and the other one far below leads by less.
    @Test func aPassageLeadsByMoreIfBothModelsAgree() throws {
        func lead(reference: Double) throws -> Double {
            let first = Self.passage(0, Self.closeness(0.9, by: .english), reference: reference)
            let others = [0.5, 0.4, 0.3].enumerated().map { place, reference in
                Self.passage(Int64(place + 1), Self.closeness(0.2, by: .english), reference: reference)
            }
            let ranked = RankedPassage.ranked([first] + others)
            #expect(ranked.first?.passage.id == 0)
            return try #require(StatementChoice(from: ranked, for: "May I?")).lead
        }
        #expect(try lead(reference: 0.6) > lead(reference: 0.35))
        #expect(try lead(reference: 0.35) > lead(reference: 0.25))
        #expect(try lead(reference: 0.25) > 0)
    }

    @Test func nothingLeadsAlone() {
        let alone = RankedPassage.ranked([Self.passage(1, Self.closeness(0.5, by: .multilingual))])
        #expect(RankedPassage.lead(of: 1, among: alone) == 0)
    }

    /// A passage among others of its document that are close to the question, before one that stands alone.
    @Test(arguments: [(EncoderModel.multilingual, [11, 4, 12, 1, 2, 3]), (.english, [4, 11, 12, 1, 2, 3])])
    func neighboursSupportEachOtherInOneLanguage(model: EncoderModel, order: [Int64]) {
        let values: [Int64: Double] = [11: 0.5, 12: 0.45, 4: 0.505, 1: 0.2, 2: 0.19, 3: 0.18]
        let passages = values.keys.sorted().map { id in
            RankedPassage(
                ScoredPassage(id: id, fileID: id > 10 ? "whole" : "file-\(id)", headings: [], text: "Text.", score: 0),
                closeness: Self.closeness(values[id] ?? 0, by: model)
            )
        }
        #expect(RankedPassage.ranked(passages).map(\.passage.id) == order)
    }

    /// The bounds between which an answer is unsure are the same for all models.
    @Test func scoresOnOneScale() {
        let weights = MeaningWeights.inForce
        #expect(abs(Self.closeness(0.244, by: .multilingual).certainty() - weights.leastCertainty) < 0.005)
        #expect(abs(Self.closeness(0.4065, by: .multilingual).certainty() - weights.sureCertainty) < 0.005)
        #expect(abs(Self.closeness(0.36, by: .english).certainty() - 0.36) < 1e-9)
        #expect(Self.closeness(0.95, by: .multilingual).certainty() == 1)
        #expect(Self.closeness(-0.5, by: .multilingual).certainty() == 0)
    }
}
