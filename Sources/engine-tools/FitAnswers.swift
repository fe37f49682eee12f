internal import ArgumentParser
internal import Foundation
internal import LocalEngine

/// Fits the weights of the engine's answers.
struct FitAnswers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit-answers",
        abstract: "Fits the weights by which the engine answers to sets of documents and questions.",
        discussion: """
            Each SET is a folder with documents in a folder `documents` and questions in a file `questions.jsonl`. Weights \
            are fitted to the questions at even places of each file, counted from 0; those at odd places are only judged. \
            The table judges each set with weights that were fitted to the other sets. The weights that are printed below \
            it are fitted to all sets; to put them in force, copy them into MeaningWeights.swift.
            """
    )

    @OptionGroup var encoder: EncoderOption

    @Argument(help: "Folders of sets; two at least.")
    var sets: [String]

    func validate() throws {
        if sets.count < 2 { throw ValidationError("Name two sets at least, since each is judged by the others.") }
    }

    func run() async throws {
        var read: [FittingSet] = []
        for path in sets {
            FileHandle.standardError.write(Data("reading \(path)\n".utf8))
            let folder = URL(filePath: path)
            read.append(
                try await FittingSet.read(
                    documents: folder.appending(path: "documents"),
                    questions: folder.appending(path: "questions.jsonl"),
                    name: folder.lastPathComponent,
                    encoder: encoder.encoder
                )
            )
        }
        print(LeaveOneOut.table(LeaveOneOut(sets: read).lines))
        print("\n\(WeightFit(sets: read).weights(WeightFit.Part.allCases).source)")
    }
}
