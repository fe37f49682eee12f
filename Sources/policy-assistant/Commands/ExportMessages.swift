internal import ArgumentParser
internal import MessageExports

struct ExportMessages: Command {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write what a person replied in a conversation as examples for training.",
        discussion: """
            chat                {"messages": [{"role": "system", …}, {"role": "user", …}, {"role": "assistant", …}]}
            prompt-completion   {"prompt": "…\\n\\n###\\n\\n", "completion": " … END"}

            Duplicates, and examples that are too long or have these marks within a text, are left out.

            Exit codes: 0 success; 1 the file exists or cannot be written; 64 invalid arguments; 65 the conversation has \
            errors.
            """
    )

    @Argument(help: "The conversation of `messages import`.")
    var file: String

    @Option(help: "The form: \(Self.formats).", transform: Self.format)
    var format: TrainingFormat

    @Option(name: .customLong("as"), help: "The person who is to be imitated; by default the one whom the file marks.")
    var person: String?

    @Option(help: "The system message of each chat; empty for none. By default that the person is imitated.")
    var system: String?

    @Option(name: .shortAndLong, help: "The file to write, which must not exist; by default beside the conversation.")
    var output: String?

    @Flag(help: "Print the counts as JSON.")
    var json = false

    @OptionGroup var length: ExampleLengthOption

    private static let formats = TrainingFormat.allCases.map(\.rawValue).joined(separator: " or ")

    private static func format(_ name: String) throws -> TrainingFormat {
        guard let format = TrainingFormat(rawValue: name) else { throw ValidationError("--format is \(formats).") }
        return format
    }

    func validate() throws {
        guard system == nil || format == .chat else { throw ValidationError("--system needs --format chat.") }
    }

    func execute() async throws {
        let path = output ?? PrivateFile.path(beside: file, adding: format.rawValue)
        try PrivateFile.checkAbsent(path)
        let source = try ConversationFile(ExportFile(path: file))
        guard let person = person ?? source.person else {
            throw ExportError(
                .personNotFound,
                "\(file) marks no person: no line has the role assistant. Name the person with --as."
            )
        }
        let conversation = try Conversation(source.list.messages, person: person)
        let export = try TrainingExport(of: conversation, as: format, maximumCharacters: length.maxCharacters)
        let system = system ?? TrainingFormat.systemMessage(for: conversation.person)
        try PrivateFile.write(
            lines: export.pairs.lazy.map { format.line(of: $0, system: system) },
            to: path
        )
        let leftOut = Dictionary(uniqueKeysWithValues: export.leftOut.map { ($0.key.rawValue, $0.value) })
        let receipt = Receipt(file: path, person: conversation.person, examples: export.pairs.count, leftOut: leftOut)
        try Terminal.output(receipt, asJSON: json, text: \.text)
    }

    private struct Receipt: Encodable {
        let file: String
        let person: String
        let examples: Int
        let leftOut: [String: Int]

        var text: String {
            let reasons = leftOut.sorted { $0.key < $1.key }
                .map { "\($0.value) \($0.key.replacing("_", with: " "))" }.joined(separator: ", ")
            return "\(file): \(examples) examples of \(person)" + (reasons.isEmpty ? "" : "; left out: \(reasons)")
        }
    }
}
