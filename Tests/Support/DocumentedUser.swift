import Foundation

/// The ACL user of Redis that docs/OPERATIONS.md has a line for.
public enum DocumentedUser {
    /// The user's name.
    public static let name = "policy-assistant"
    /// A password for the line's `PASSWORD`.
    public static let password = "documented-password"
    /// The project's folder.
    public static let project = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// Reads what `ACL SETUSER policy-assistant` is to be followed by.
    ///
    /// - Throws: ``ProgramFailure`` if not exactly one line makes the user anew.
    public static func rules() throws -> [String] {
        let text = try String(contentsOfFile: "\(project)/docs/OPERATIONS.md", encoding: .utf8)
        let start = "ACL SETUSER \(name) reset "
        let lines = text.split(separator: "\n").filter { $0.contains(start) }
        guard lines.count == 1, let mark = lines[0].firstRange(of: start) else {
            throw ProgramFailure(program: "docs/OPERATIONS.md", output: "\(lines.count) lines for the ACL user")
        }
        let words = lines[0][mark.upperBound...].split(separator: " ").map(String.init)
        return ["reset"] + words.map { $0 == ">PASSWORD" ? ">\(password)" : $0 }
    }
}
