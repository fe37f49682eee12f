internal import PolicyAssistant

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension Terminal {
    /// Reads a new password: on a terminal twice and without echo, or else as one line of standard input.
    ///
    /// A password is never an argument, which every user of the machine could read.
    ///
    /// - Throws: `PolicyAssistantError` with the code `invalidField`.
    static func newPassword(of name: String) throws(PolicyAssistantError) -> String {
        guard isatty(STDIN_FILENO) == 1 else { return try checked(readLine()) }
        let password = try checked(lineWithoutEcho("New password of \(name): "))
        guard lineWithoutEcho("Once more: ") == password else { throw invalid("The two passwords are not the same.") }
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

    /// Reads a line without echo.
    ///
    /// Meanwhile Ctrl-C is an ordinary character: ending the program would leave the terminal without echo.
    private static func lineWithoutEcho(_ prompt: String) -> String? {
        var original = termios()
        guard tcgetattr(STDIN_FILENO, &original) == 0 else { return nil }
        var silent = original
        silent.c_lflag &= ~tcflag_t(ECHO | ISIG)
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { return nil }
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &original)
            note("")
        }
        self.prompt(prompt)
        return readLine()
    }
}
