internal import ArgumentParser

/// Development tools of the embedded engine.
@main
struct EngineTools: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engine-tools",
        abstract: "Fits the weights of the embedded engine, and measures its search.",
        subcommands: [FitAnswers.self, BenchSearch.self]
    )
}

/// The option with the folder of the sentence encoders.
struct EncoderOption: ParsableArguments {
    @Option(help: "The folder of the sentence encoders.")
    var encoder: String
}
