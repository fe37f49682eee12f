internal import FoundationEssentials

/// What the `.policyignore` files of a folder and of those above it say.
struct IgnoreRules: Sendable {
    static let filename = ".policyignore"

    private struct Rule: Sendable {
        let pattern: IgnorePattern
        /// How many parts of a path lead to the folder of the rule's file.
        let depth: Int
        let source: String
    }

    private var rules: [Rule] = []

    /// Adds the rules of a folder's own file, if it has one; they count for more than those before.
    ///
    /// - Parameters:
    ///   - folder: The folder's path below the assets folder; empty for that itself.
    ///   - absolutePath: The path by which this process opens it.
    /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable`: taking what is to be ignored would be worse.
    mutating func read(ofFolder folder: String, at absolutePath: String) throws(PolicyAssistantError) {
        let file = "\(absolutePath)/\(Self.filename)"
        guard FileManager.default.fileExists(atPath: file) else { return }
        let name = folder.isEmpty ? Self.filename : "\(folder)/\(Self.filename)"
        guard let data = FileManager.default.contents(atPath: file) else {
            throw PolicyAssistantError(.fileUnreadable, "“\(name)” cannot be read. Nothing was changed.")
        }
        add(String(decoding: data, as: UTF8.self), ofFolder: folder, named: name)
    }

    /// Adds the rules of a file's text.
    mutating func add(_ text: String, ofFolder folder: String, named name: String) {
        let depth = folder.split(separator: "/").count
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            guard let pattern = IgnorePattern(line: Substring(line)) else { continue }
            rules.append(Rule(pattern: pattern, depth: depth, source: "line \(index + 1) of \(name)"))
        }
    }

    /// Says which line ignores a path; nil where none does.
    ///
    /// The last line that is about the path decides.
    func reason(toIgnore path: String, isFolder: Bool) -> String? {
        guard !rules.isEmpty else { return nil }
        let parts = path.split(separator: "/")
        let rule = rules.last { $0.pattern.matches(parts[$0.depth...], isFolder: isFolder) }
        guard let rule, !rule.pattern.isNegated else { return nil }
        return rule.source
    }
}
