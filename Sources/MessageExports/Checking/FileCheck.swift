/// Checks a file of messages or of examples for training, line by line, and mends it.
public struct FileCheck: Sendable {
    private var rules: ExampleRules
    private var checked = CheckedFile()
    private var messages: [SentLine] = []
    private var chats: Set<[FileLine.ChatMessage]> = []
    private var keptBytes = 0

    /// Checks a file.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - maximumCharacters: The most characters of an example, and of a message.
    /// - Returns: The problems and the mended lines.
    /// - Throws: ``ExportError`` if the file cannot be read, or is too large; a line that is wrong is a finding.
    public static func check(
        _ file: ExportFile,
        maximumCharacters: Int = ExampleRules.usualMaximumCharacters
    ) throws(ExportError) -> CheckedFile {
        var check = FileCheck(rules: ExampleRules(maximumCharacters: maximumCharacters))
        var bytes = ByteReader(file)
        while let (line, position) = try bytes.nextLine() {
            guard !line.allSatisfy(\.isJSONBlank) else { continue }
            check.keptBytes += line.count
            guard check.keptBytes <= MessageList.maximumTextBytes else {
                throw ExportError(
                    .tooLarge,
                    "The file has more than \(MessageList.maximumTextBytes >> 20) MiB up to here; split it.",
                    at: position
                )
            }
            check.read(line, at: position)
        }
        check.endConversation()
        return check.checked
    }

    private init(rules: ExampleRules) {
        self.rules = rules
    }

    private mutating func read(_ line: [UInt8], at position: ExportError.Position) {
        checked.lineCount += 1
        guard let parsed = try? FileLine(line, at: position) else {
            return checked.add(.malformed, line: position.line)
        }
        switch parsed {
        case .message(let message, let isPersons) where checked.isOf(.conversation):
            messages.append(
                SentLine(number: position.line, sender: message.sender, text: message.text, isPersons: isPersons)
            )
        case .promptCompletion(let prompt, let completion) where checked.isOf(.promptCompletion):
            add(prompt, completion, position.line)
        case .chat(let messages) where checked.isOf(.chat):
            if let problem = problem(of: messages) { return checked.add(problem, line: position.line) }
            // As it was, since a message may have fields that only the trainer knows.
            checked.mended.append(String(decoding: line, as: UTF8.self))
        default: checked.add(.malformed, line: position.line)
        }
    }

    // MARK: Prompts and completions

    private mutating func add(_ prompt: String, _ completion: String, _ line: Int) {
        var missing: [ExampleProblem] = []
        var (prompt, completion) = (prompt[...], completion[...])
        if prompt.hasSuffix(PromptCompletion.promptSuffix) {
            prompt = prompt.dropLast(PromptCompletion.promptSuffix.count)
        } else {
            missing.append(.missingSuffix)
        }
        if completion.hasPrefix(PromptCompletion.completionPrefix) {
            completion = completion.dropFirst(PromptCompletion.completionPrefix.count)
        } else {
            missing.append(.missingBlank)
        }
        if completion.hasSuffix(PromptCompletion.stop) {
            completion = completion.dropLast(PromptCompletion.stop.count)
        } else {
            missing.append(.missingStop)
        }
        let pair = MessagePair(prompt: String(prompt), completion: String(completion))
        if let problem = rules.problem(of: pair, as: .promptCompletion) { return checked.add(problem, line: line) }
        for problem in missing { checked.add(problem, line: line) }
        checked.mended.append(PromptCompletion.line(of: pair))
    }

    // MARK: Chats

    private mutating func problem(of messages: [FileLine.ChatMessage]) -> ExampleProblem? {
        if messages.contains(where: { $0.content.trimmingBlanks().isEmpty }) { return .empty }
        let turns = messages.drop { $0.role == "system" || $0.role == "developer" }.map(\.role)
        let isExchange = turns.enumerated().allSatisfy {
            $0.element == ($0.offset.isMultiple(of: 2) ? "user" : "assistant")
        }
        if !isExchange || turns.isEmpty || !turns.count.isMultiple(of: 2) { return .wrongRoles }
        if rules.isTooLong(messages.map(\.content).joined()) { return .tooLong }
        return chats.insert(messages).inserted ? nil : .duplicate
    }

    // MARK: Conversations

    /// Joins the messages of each sender, and leaves out exchanges that were had before in the same words.
    private mutating func endConversation() {
        var merged: [SentLine] = []
        for var line in messages {
            line.text = line.text.trimmingBlanks()
            if line.text.isEmpty {
                checked.add(.empty, line: line.number)
            } else if rules.isTooLong(line.text) {
                checked.add(.tooLong, line: line.number)
            } else if merged.last?.sender == line.sender {
                checked.add(.unmerged, line: line.number)
                merged[merged.count - 1].join(line)
            } else {
                merged.append(line)
            }
        }
        var seen: Set<MessagePair> = []
        var kept: [SentLine] = []
        for line in merged {
            if line.isPersons, let prompt = kept.last, prompt.sender != line.sender,
                !seen.insert(MessagePair(prompt: prompt.text, completion: line.text)).inserted
            {
                checked.add(.duplicate, line: line.number)
                kept.removeLast()
            } else if kept.last?.sender == line.sender {
                kept[kept.count - 1].join(line)
            } else {
                kept.append(line)
            }
        }
        checked.mended += kept.map { line in
            jsonLine([
                "role": line.isPersons ? "assistant" : "user", "sender_name": line.sender, "content": line.text,
            ])
        }
    }

    /// A line of a conversation.
    private struct SentLine {
        let number: Int
        let sender: String
        var text: String
        var isPersons: Bool

        mutating func join(_ next: SentLine) {
            text += "\n\(next.text)"
            isPersons = isPersons || next.isPersons
        }
    }
}
