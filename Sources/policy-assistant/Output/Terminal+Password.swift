internal import PolicyAssistant

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension Terminal {
    /// Asks for a new password: twice, unseen, where a person sits at the terminal; else it is a line of standard input.
    ///
    /// It is never an argument, which everybody on the machine could read.
    ///
    /// - Throws: `PolicyAssistantError` with the code `invalidField`.
    static func newPassword(of name: String) throws(PolicyAssistantError) -> String {
        guard isatty(STDIN_FILENO) == 1 else { return try checked(readLine()) }
        let password = try checked(unseenLine("New password of \(name): "))
        guard unseenLine("Once more: ") == password else { throw invalid("The two passwords are not the same.") }
        return password
    }

    private static func checked(_ line: String?) throws(PolicyAssistantError) -> String {
        guard let line, !line.isEmpty else { throw invalid("A password is needed, as one line of standard input.") }
        guard !line.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw invalid("A password must not hold control characters.")
        }
        return line
    }

    private static func invalid(_ message: String) -> PolicyAssistantError {
        PolicyAssistantError(.invalidField, message, field: "password")
    }

    /// Reads a line that the terminal does not show.
    ///
    /// Keys that would end the program count as characters meanwhile, or it would leave a terminal that shows nothing.
    private static func unseenLine(_ prompt: String) -> String? {
        var usual = termios()
        guard tcgetattr(STDIN_FILENO, &usual) == 0 else { return nil }
        var unseen = usual
        unseen.c_lflag &= ~tcflag_t(ECHO | ISIG)
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen) == 0 else { return nil }
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &usual)
            note("")
        }
        ask(prompt)
        return readLine()
    }
}
