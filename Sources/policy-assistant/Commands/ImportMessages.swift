internal import ArgumentParser
internal import MessageExports

struct ImportMessages: Command {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read a conversation of an export, and write it as JSON lines.",
        discussion: """
            EXPORT is the folder of a Messenger export in JSON, a WhatsApp chat in text, or JSON lines with sender_name \
            and content. Texts that follow each other are joined by sender; images, calls, deleted messages, reactions \
            and notices are left out, and counted.

            Exit codes: 0 success; 1 the file exists or cannot be written; 64 invalid arguments; 65 the export has errors.
            """
    )

    @Argument(help: "The export: a folder or a file.")
    var export: String

    @Option(help: "The name of the chat, or of its folder, where the export has several.")
    var name: String?

    @Option(name: .customLong("as"), help: "The person who is to be imitated, as the export names them.")
    var person: String

    @Option(
        name: .shortAndLong,
        help: "The file to write, which must not exist; by default the chat's name in this folder."
    )
    var output: String?

    @Flag(help: "Print the counts as JSON.")
    var json = false

    func execute() async throws {
        let export = try MessengerExport.read(at: export, chat: name)
        let path = output ?? "\(Self.fileName(export.chat)).jsonl"
        try PrivateFile.checkAbsent(path)
        let conversation = try Conversation(export.list.messages, person: person)
        let pairs = try conversation.pairs()
        try PrivateFile.write(
            lines: conversation.entries.lazy.map { ConversationFile.line(of: $0, person: conversation.person) },
            to: path
        )
        let receipt = Receipt(
            file: path,
            chat: export.chat,
            person: conversation.person,
            messages: export.list.messages.count,
            leftOut: export.list.leftOut,
            entries: conversation.entries.count,
            pairs: pairs.count
        )
        try Terminal.output(receipt, asJSON: json, text: \.text)
    }

    /// The chat's name as the name of a file.
    private static func fileName(_ chat: String) -> String {
        let name = String(chat.map { $0.isLetter || $0.isNumber || "-_ .".contains($0) ? $0 : "_" }).prefix(80)
        return name.allSatisfy { "-_ .".contains($0) } ? "conversation" : String(name)
    }

    private struct Receipt: Encodable {
        let file: String
        let chat: String
        let person: String
        let messages: Int
        let leftOut: LeftOut
        let entries: Int
        let pairs: Int

        var text: String {
            let reasons = LeftOut.Reason.allCases.filter { leftOut[$0] > 0 }
                .map { "\(leftOut[$0]) \($0.rawValue.replacing("_", with: " "))" }
            let without = reasons.isEmpty ? "" : "\nleft out: \(reasons.joined(separator: ", "))"
            return """
                \(file): \(messages) messages, joined to \(entries); \(person) replied \(pairs) times\(without)
                """
        }
    }
}
