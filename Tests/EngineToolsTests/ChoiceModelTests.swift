import Testing

@testable import engine_tools

/// The method by which weights are fitted, on made-up choices.
@Suite struct ChoiceModelTests {
    /// Two candidates whose only observation differs by one, of which the greater is right three times of four: the odds are
    /// 3, and the weight is their logarithm.
    @Test func findsTheOddsOfAChoice() throws {
        let choices = (0..<40).map { number in
            ChoiceModel.Choice(
                candidates: [[1], [0]],
                isRight: number.isMultiple(of: 4) ? [false, true] : [true, false]
            )
        }
        let weights = try #require(ChoiceModel().fit(choices))
        #expect(abs(weights[0] - 1.098_612) < 1e-3)
    }

    /// Of two observations only the first tells anything.
    @Test func weighsWhatTells() throws {
        let choices = (0..<100).map { number in
            let first = Double(number % 7) - 3
            let second = Double(number % 5) - 2
            return ChoiceModel.Choice(
                candidates: [[first, second], [0, 0]],
                isRight: first + Double(number % 3) - 1 > 0 ? [true, false] : [false, true]
            )
        }
        let weights = try #require(ChoiceModel(strength: 0.01).fit(choices))
        #expect(weights[0] > 10 * weights[1])
        let held = try #require(ChoiceModel(strength: 1_000_000).fit(choices))
        #expect(abs(held[0] - held[1]) < 1e-3, "a strong penalty leaves one common weight")
    }

    @Test func aFreeWeightMayBeNegative() throws {
        let choices = (0..<40).map { number in
            ChoiceModel.Choice(
                candidates: [[Double(number) / 10, 1], [0, 0]],
                isRight: number > 20 ? [true, false] : [false, true]
            )
        }
        let weights = try #require(ChoiceModel(free: 1).fit(choices))
        #expect(weights[0] > 0)
        // The probability is one half where the right ones begin.
        #expect(abs(-weights[1] / weights[0] - 2.05) < 0.1)
    }

    @Test func countsChoicesByTheirWeight() throws {
        let choices = [
            ChoiceModel.Choice(candidates: [[1], [0]], isRight: [true, false], weight: 30),
            ChoiceModel.Choice(candidates: [[1], [0]], isRight: [false, true], weight: 10),
        ]
        #expect(abs(try #require(ChoiceModel().fit(choices))[0] - 1.098_612) < 1e-3)
    }

    @Test func learnsNothingWhereAllOrNoneAreRight() {
        #expect(ChoiceModel().fit([]) == nil)
        let choices = [[true, true], [false, false]].map {
            ChoiceModel.Choice(candidates: [[1], [0]], isRight: $0)
        }
        #expect(ChoiceModel().fit(choices) == nil)
    }
}

@Suite struct CertaintyBoundsTests {
    private static func sample(_ certainty: Double, _ isAnswerable: Bool, _ isRight: Bool) -> CertaintyBounds.Sample {
        CertaintyBounds.Sample(certainty: certainty, isAnswerable: isAnswerable, isRight: isRight)
    }

    /// What is out of scope lies below 0.3, what is answered wrongly between 0.4 and 0.5, what is right above 0.6.
    @Test func putsTheBoundsBetweenWhatDiffers() {
        let outside = (0..<30).map { Self.sample(Double($0) / 100, false, false) }
        let wrong = (40...50).map { Self.sample(Double($0) / 100, true, false) }
        let right = (60...90).map { Self.sample(Double($0) / 100, true, true) }
        let (least, sure) = CertaintyBounds.fit(outside + wrong + right)
        #expect((0.30...0.40).contains(least))
        #expect((0.51...0.60).contains(sure))
    }

    @Test(arguments: [
        (0.2, true, true, 1.0), (0.4, true, true, 0.25), (0.6, true, true, 0), (0.2, true, false, 1),
        (0.4, true, false, 0.5), (0.6, true, false, 1), (0.2, false, false, 0), (0.4, false, false, 0.25),
        (0.6, false, false, 1),
    ])
    func tellsWhatAnAnswerCosts(certainty: Double, isAnswerable: Bool, isRight: Bool, cost: Double) {
        #expect(
            CertaintyBounds.cost(of: Self.sample(certainty, isAnswerable, isRight), least: 0.3, sure: 0.5) == cost
        )
    }
}
