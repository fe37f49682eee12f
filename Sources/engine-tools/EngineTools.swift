internal import ArgumentParser

/// Programs for those who work on the embedded engine.
@main
struct EngineTools: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engine-tools",
        abstract: "Fits the weights of the embedded engine, and measures its search.",
        subcommands: [FitAnswers.self, BenchSearch.self]
    )
}

/// Where the sentence encoders are.
struct EncoderOption: ParsableArguments {
    @Option(help: "The folder of the sentence encoders.")
    var encoder: String
}
