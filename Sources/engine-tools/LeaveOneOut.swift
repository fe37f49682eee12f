internal import Evaluation
internal import Foundation
internal import LocalEngine

/// Judges each set with weights that were fitted to the other sets only.
struct LeaveOneOut {
    /// A line of the table.
    struct Line {
        let set: String
        let weights: String
        let first: Half
        let second: Half
    }

    /// The results of one half of a set's questions.
    struct Half {
        let measures: Measures
        /// The mean cost of an answer, by ``CertaintyBounds``.
        let cost: Double?

        init(_ items: [FittingSet.Item], by weights: MeaningWeights) {
            let answered = items.map { $0.answered(by: weights) }
            measures = Measures(answered)
            let costs = answered.map { answer in
                CertaintyBounds.cost(
                    isRefused: answer.isRefused,
                    isUnsure: answer.isUnsure,
                    isAnswerable: answer.question.expectation == .answer,
                    isRight: answer.isFactHeld ?? false
                )
            }
            cost = costs.isEmpty ? nil : costs.reduce(0, +) / Double(costs.count)
        }
    }

    let sets: [FittingSet]

    /// The lines of the table: for each set the weights in force, uniform ones, and those fitted to the other sets.
    var lines: [Line] {
        sets.indices.flatMap { left in
            let fit = WeightFit(sets: sets.indices.filter { $0 != left }.map { sets[$0] })
            let weights: [(String, MeaningWeights)] = [
                ("in force", .inForce), ("uniform", .uniform),
                ("passages fitted", fit.weights([.passages])), ("statements fitted", fit.weights([.statements])),
                ("certainty fitted", fit.weights([.certainty])), ("sureness fitted", fit.weights([.sureness])),
                ("all fitted", fit.weights(WeightFit.Part.allCases)),
            ]
            return weights.map { name, weights in
                Line(
                    set: sets[left].name,
                    weights: name,
                    first: Half(sets[left].first, by: weights),
                    second: Half(sets[left].second, by: weights)
                )
            }
        }
    }

    /// The lines as a Markdown table, with both halves in each cell, and the means of all sets below.
    static func table(_ lines: [Line]) -> String {
        var rows = [
            "| set | weights | " + columns.map(\.title).joined(separator: " | ") + " |",
            "|---|---|" + columns.map { _ in "---|" }.joined(),
        ]
        func add(_ set: String, _ weights: String, _ lines: [Line]) {
            let cells = columns.map { column in
                [lines.map(\.first), lines.map(\.second)].map { half in
                    let values = half.compactMap(column.value)
                    return share(values.isEmpty ? nil : values.reduce(0, +) / Double(values.count))
                }.joined(separator: " / ")
            }
            rows.append("| \(set) | \(weights) | \(cells.joined(separator: " | ")) |")
        }
        for line in lines { add(line.set, line.weights, [line]) }
        var names: [String] = []
        for line in lines where !names.contains(line.weights) { names.append(line.weights) }
        for name in names { add("mean", name, lines.filter { $0.weights == name }) }
        return rows.joined(separator: "\n")
    }

    private static var columns: [(title: String, value: (Half) -> Double?)] {
        [
            ("right file first", { $0.measures.fileFirst.value }),
            ("fact in the answer", { $0.measures.factAnswer.value }),
            ("fact with quotes", { $0.measures.fact.value }), ("answered", { $0.measures.answered.value }),
            ("unsure", { $0.measures.unsure.value }), ("refused or unsure", { $0.measures.refusedOrUnsure.value }),
            ("cost", { $0.cost }),
        ]
    }

    private static func share(_ value: Double?) -> String {
        value.map { String(format: "%.2f", $0) } ?? "–"
    }
}

extension MeaningWeights {
    /// The weights in force, with one weight for all observations of a passage, and one for all of a statement.
    static var uniform: MeaningWeights {
        func even(_ values: [Double]) -> [Double] {
            values.map { _ in values.reduce(0, +) / Double(values.count) }
        }
        var weights = inForce
        weights.english = Passage(even(weights.english.values))
        weights.multilingual = Passage(even(Array(weights.multilingual.values.prefix(3))) + [0])
        weights.statement = Statement(even(weights.statement.values))
        return weights
    }

    /// The weights as the source of MeaningWeights.swift.
    var source: String {
        func passage(_ weights: Passage) -> String {
            """
            Passage(passage: \(weights.passage), bestStatement: \(weights.bestStatement), \
            tokens: \(weights.tokens), tellingTokens: \(weights.tellingTokens))
            """
        }
        func certainty(_ weights: Certainty) -> String {
            """
            Certainty(bestStatement: \(weights.bestStatement), tokens: \(weights.tokens), \
            tellingTokens: \(weights.tellingTokens), offset: \(weights.offset))
            """
        }
        return """
            package static let inForce = MeaningWeights(
                english: \(passage(english)),
                multilingual: \(passage(multilingual)),
                multilingualRank: \(multilingualRank),
                neighbours: \(neighbours),
                statement: Statement(rank: \(statement.rank), earlier: \(statement.earlier), kind: \(statement.kind), \
            entitlement: \(statement.entitlement), cosine: \(statement.cosine), tokens: \(statement.tokens), \
            multilingualCosine: \(statement.multilingualCosine)),
                englishCertainty: \(certainty(englishCertainty)),
                multilingualCertainty: \(certainty(multilingualCertainty)),
                leastCertainty: \(leastCertainty),
                sureCertainty: \(sureCertainty),
                sureness: Sureness(lead: \(sureness.lead), kind: \(sureness.kind), surpassed: \(sureness.surpassed), \
            multilingual: \(sureness.multilingual)),
                greatestLead: \(greatestLead),
                otherLanguage: \(otherLanguage)
            )
            """
    }
}
