internal import Evaluation
internal import Foundation
internal import LocalEngine

/// A set of documents and questions, with the engine's observations of each question.
struct FittingSet: Sendable {
    /// A question with the engine's observations.
    struct Item: Sendable {
        let question: EvaluationQuestion
        let observed: ObservedQuestion
    }

    /// The set's name.
    let name: String
    /// The questions at even positions of the file, starting at 0, to which weights are fitted.
    private(set) var first: [Item] = []
    /// The questions at odd positions, by which weights are only judged.
    private(set) var second: [Item] = []

    /// Creates a set of observed questions in the order of their file.
    init(name: String, _ items: [Item]) {
        self.name = name
        for (place, item) in items.enumerated() {
            if place.isMultiple(of: 2) { first.append(item) } else { second.append(item) }
        }
    }

    /// Reads the documents and questions of a set and observes each question.
    ///
    /// - Parameters:
    ///   - documents: The folder of the documents, all of which have to be readable.
    ///   - questions: The file of questions.
    ///   - name: The set's name.
    ///   - encoder: The folder of the sentence encoders.
    /// - Returns: The set.
    /// - Throws: An error if a file cannot be read.
    static func read(documents: URL, questions: URL, name: String, encoder: String) async throws -> FittingSet {
        let file = try QuestionFile(
            String(contentsOf: questions, encoding: .utf8),
            named: questions.lastPathComponent
        )
        let paths = try documentPaths(in: documents)
        var trial = try AnswerTrial(encoderDirectory: encoder)
        for path in paths {
            let url = documents.appending(path: path)
            try await trial.add(fileAt: url.path(percentEncoded: false), as: path, named: url.lastPathComponent)
        }
        return FittingSet(
            name: name,
            try file.questions.map {
                Item(question: $0, observed: try trial.observe($0.text, after: $0.before))
            }
        )
    }

    /// The paths of the documents below a folder, sorted.
    private static func documentPaths(in folder: URL) throws -> [String] {
        let root = folder.resolvingSymlinksInPath().path(percentEncoded: false)
        return try FileManager.default.subpathsOfDirectory(atPath: root).filter { path in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isFolder)
            return exists && !isFolder.boolValue && !path.split(separator: "/").contains { $0.hasPrefix(".") }
        }.sorted()
    }
}

extension FittingSet.Item {
    /// The answer with given weights, judged as by `policy-assistant evaluate`.
    func answered(by weights: MeaningWeights) -> EvaluatedQuestion {
        let answer = observed.answer(by: weights)
        return EvaluatedQuestion(
            question,
            answer: GivenAnswer(
                text: answer.text,
                citations: answer.citations.map {
                    GivenAnswer.Citation(
                        document: EvaluatedDocument(path: $0.fileID, fileID: $0.fileID),
                        quote: $0.quote
                    )
                },
                confidence: answer.isUnsure ? "unsure" : nil
            )
        )
    }

    /// Which candidates have the largest share of the fact; none if no candidate has any of it.
    func isRight(_ candidates: [ObservedQuestion.Candidate]) -> [Bool] {
        let shares = candidates.map { question.share(heldBy: $0.text, from: $0.fileID) }
        let most = shares.max() ?? 0
        return shares.map { most > 0 && $0 == most }
    }
}
