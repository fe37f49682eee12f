/// One pattern of a `.policyignore` file, as gitignore has them.
struct IgnorePattern: Sendable, Hashable {
    /// Whether it takes back what earlier patterns say.
    let isNegated: Bool
    /// Whether it concerns folders only.
    let isForFolders: Bool
    /// The pattern of each part of a path; `**` stands for any number of parts.
    private let parts: [GlobPart]

    /// Reads a line; nil where it holds no pattern: a blank line or a comment.
    init?(line: Substring) {
        var text = Self.trimmed(line)
        guard let first = text.first, first != "#" else { return nil }
        isNegated = first == "!"
        if isNegated { text.removeFirst() }
        isForFolders = text.last == "/"
        if isForFolders { text.removeLast() }
        guard !text.isEmpty else { return nil }
        // A slash at the beginning or within ties a pattern to its file's folder; others hold at any depth.
        let isTied = text.contains("/")
        if text.first == "/" { text.removeFirst() }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { GlobPart(pattern: $0) }
        self.parts = isTied ? parts : [.anyFolders] + parts
    }

    /// Whether the pattern is about a path, a folder or a file.
    ///
    /// The path is given by its parts below the pattern's folder.
    func matches(_ path: ArraySlice<Substring>, isFolder: Bool) -> Bool {
        guard isFolder || !isForFolders else { return false }
        return Self.matches(parts[...], path)
    }

    private static func matches(_ parts: ArraySlice<GlobPart>, _ path: ArraySlice<Substring>) -> Bool {
        guard let part = parts.first else { return path.isEmpty }
        guard part == .anyFolders else {
            guard let name = path.first, part.matches(name) else { return false }
            return matches(parts.dropFirst(), path.dropFirst())
        }
        // At the end it means what is inside, so there has to be something.
        guard parts.count > 1 else { return !path.isEmpty }
        return (path.startIndex...path.endIndex).contains { matches(parts.dropFirst(), path[$0...]) }
    }

    /// The line without the blanks at its end, except one that a backslash protects.
    private static func trimmed(_ line: Substring) -> Substring.UnicodeScalarView {
        var text = line.unicodeScalars
        if text.last == "\r" { text.removeLast() }
        while text.last == " ", !Self.isProtected(text) { text.removeLast() }
        return text
    }

    private static func isProtected(_ text: Substring.UnicodeScalarView) -> Bool {
        text.dropLast().reversed().prefix { $0 == "\\" }.count % 2 == 1
    }
}
