internal import ArgumentParser
internal import MessageExports

struct CheckMessages: Command {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Report what is wrong with a file of messages or examples, and write a mended one beside it.",
        discussion: """
            The file is a conversation of `messages import`, or examples of `messages export`. The mended file has the \
            name with `_prepared` at its end; the file itself is never changed.

            Exit codes: 0 nothing is wrong, or a mended file was written; 1 that file exists or cannot be written; 64 \
            invalid arguments; 65 no line of the file can be used.
            """
    )

    @Argument(help: "The file, in JSON lines.")
    var file: String

    @Option(name: .shortAndLong, help: "The mended file to write, which must not exist.")
    var output: String?

    @Flag(help: "Print the report as JSON.")
    var json = false

    @OptionGroup var length: ExampleLengthOption

    func execute() async throws {
        let checked = try FileCheck.check(ExportFile(path: file), maximumCharacters: length.maxCharacters)
        guard !checked.mended.isEmpty else {
            throw ExportError(.malformed, "\(file) has no line that can be used as a message or as an example.")
        }
        let path = output ?? PrivateFile.path(beside: file, adding: "prepared")
        if !checked.findings.isEmpty { try PrivateFile.write(lines: checked.mended, to: path) }
        let report = Report(
            form: checked.form,
            lines: checked.lineCount,
            kept: checked.mended.count,
            problems: checked.findings,
            mendedFile: checked.findings.isEmpty ? nil : path
        )
        try Terminal.output(report, asJSON: json, text: \.text)
    }

    private struct Report: Encodable {
        let form: CheckedFile.Form?
        let lines: Int
        let kept: Int
        let problems: [CheckedFile.Finding]
        let mendedFile: String?

        var text: String {
            let form = form.map { " of the form \($0.rawValue)" } ?? ""
            let problems = problems.map { finding in
                let lines = finding.lines.map(String.init).joined(separator: ", ")
                let more = finding.count > finding.lines.count ? ", …" : ""
                return "\(finding.count) \(finding.problem.explanation) (line \(lines)\(more))"
            }
            let end = mendedFile.map { "\($0): \(kept) lines" } ?? "nothing to mend"
            return (["\(lines) lines\(form)"] + problems + [end]).joined(separator: "\n")
        }
    }
}
