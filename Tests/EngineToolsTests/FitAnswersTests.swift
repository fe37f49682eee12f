import Evaluation
import Foundation
import LocalEngine
import Testing

@testable import engine_tools

private let encoder = ProcessInfo.processInfo.environment["ENCODER_MODEL_DIR"]

/// The program on the sample policies; the model is not part of the project.
@Suite(.enabled(if: encoder != nil, "ENCODER_MODEL_DIR names no folder"))
struct FitAnswersTests {
    private static let examples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/examples")

    /// Some questions about the policies on leave, as two sets.
    @Test func fitsAndJudgesTheSamplePolicies() async throws {
        let all = try await FittingSet.read(
            documents: Self.examples.appending(path: "documents/leave"),
            questions: Self.examples.appending(path: "questions.jsonl"),
            name: "leave",
            encoder: try #require(encoder)
        )
        #expect(all.first.count - all.second.count == 1)
        let item = try #require(all.first.first)
        #expect(item.question.text == "How much holiday do I get?")
        #expect(item.answered(by: .inForce).isFactHeld == true)
        let right = item.isRight(item.observed.passages(by: .inForce))
        #expect((1..<right.count).contains(right.count { $0 }), "some passages hold the fact")

        let sets = [
            FittingSet(name: "one", Array(all.first.prefix(8))), FittingSet(name: "two", Array(all.second.prefix(8))),
        ]
        let fit = WeightFit(sets: sets, fewest: 2)
        let fitted = fit.weights(WeightFit.Part.allCases)
        #expect(fitted.english != MeaningWeights.inForce.english)
        #expect(fitted.statement != MeaningWeights.inForce.statement)
        #expect(fitted.englishCertainty != MeaningWeights.inForce.englishCertainty)
        #expect(fitted.leastCertainty <= fitted.sureCertainty)
        #expect(fitted.sureness != MeaningWeights.inForce.sureness)
        #expect(abs(fitted.english.values.reduce(0, +) - MeaningWeights.inForce.english.values.reduce(0, +)) < 0.03)
        #expect(fit.weights(WeightFit.Part.allCases) == fitted, "nothing is left to chance")

        let table = LeaveOneOut.table(LeaveOneOut(sets: sets).lines)
        #expect(table.contains("| one | in force |") && table.contains("| mean | all fitted |"))
    }

    /// Weights that count nothing but the kind of a statement answer otherwise than those in force.
    @Test func answersByTheWeightsThatAreGiven() async throws {
        var trial = try AnswerTrial(encoderDirectory: try #require(encoder))
        try await trial.add(
            fileAt: Self.examples.appending(path: "documents/leave/annual-leave.md").path(percentEncoded: false),
            as: "annual-leave.md",
            named: "annual-leave.md"
        )
        let observed = try trial.observe("How much holiday do I get?", after: [])
        #expect(observed.answer(by: .inForce).text.contains("27 days"))
        var strict = MeaningWeights.inForce
        (strict.leastCertainty, strict.sureCertainty, strict.sureness.lead) = (1, 1, 0)
        #expect(observed.answer(by: strict).citations.isEmpty)
        strict.leastCertainty = 0
        #expect(observed.answer(by: strict).isUnsure)
    }
}
