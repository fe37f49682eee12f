/// One pattern of a `.policyignore` file, as gitignore has them.
struct IgnorePattern: Sendable, Hashable {
    /// Whether it takes back what earlier patterns say.
    let isNegated: Bool
    /// Whether it concerns folders only.
    let isForFolders: Bool
    /// The pattern of each part of a path; `**` stands for any number of parts.
    private let parts: [GlobPart]

    /// Reads a line; nil where it holds no pattern: a blank line or a comment.
    init?(line: String) {
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
        self.parts = (isTied ? parts : [.anyFolders] + parts).reduce(into: []) { kept, part in
            // Any number of folders, twice, is any number of folders.
            if part != .anyFolders || kept.last != .anyFolders { kept.append(part) }
        }
    }

    /// Whether the pattern is about a path, a folder or a file.
    ///
    /// The path is given by its parts below the pattern's folder, composed as the pattern is.
    func matches(_ path: ArraySlice<Substring>, isFolder: Bool) -> Bool {
        guard isFolder || !isForFolders else { return false }
        return matches(path)
    }

    /// Goes back to the last `**` only, so that the work grows with the parts of the path times those of the pattern.
    ///
    /// That is enough: what those before it have taken was the least they could, so that the most is left for the rest.
    private func matches(_ path: ArraySlice<Substring>) -> Bool {
        var (part, name) = (parts.startIndex, path.startIndex)
        var retry: (part: Int, name: Int)?
        while true {
            if part < parts.endIndex, parts[part] == .anyFolders {
                // At the end it means what is inside, so there has to be something.
                guard part + 1 < parts.endIndex else { return name < path.endIndex }
                part += 1
                retry = (part, name)
            } else if part < parts.endIndex, name < path.endIndex, parts[part].matches(path[name]) {
                part += 1
                name += 1
            } else if part == parts.endIndex, name == path.endIndex {
                return true
            } else {
                guard let last = retry, last.name < path.endIndex else { return false }
                retry = (last.part, last.name + 1)
                (part, name) = (last.part, last.name + 1)
            }
        }
    }

    /// The line without the blanks at its end, except one that a backslash protects.
    private static func trimmed(_ line: String) -> Substring.UnicodeScalarView {
        var text = line.unicodeScalars[...]
        while text.last == " ", !Self.isProtected(text) { text.removeLast() }
        return text
    }

    private static func isProtected(_ text: Substring.UnicodeScalarView) -> Bool {
        text.dropLast().reversed().prefix { $0 == "\\" }.count % 2 == 1
    }
}
