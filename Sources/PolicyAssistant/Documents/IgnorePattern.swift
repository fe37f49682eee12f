/// One pattern of a `.policyignore` file, with the syntax of gitignore.
struct IgnorePattern: Sendable, Hashable {
    /// Whether it cancels earlier patterns.
    let isNegated: Bool
    /// Whether it matches folders only.
    let isForFolders: Bool
    /// The pattern of each part of a path; `**` stands for any number of parts.
    private let parts: [GlobPart]

    /// Reads a line; nil for a blank line and a comment.
    init?(line: String) {
        var text = Self.trimmed(line)
        guard let first = text.first, first != "#" else { return nil }
        isNegated = first == "!"
        if isNegated { text.removeFirst() }
        isForFolders = text.last == "/"
        if isForFolders { text.removeLast() }
        guard !text.isEmpty else { return nil }
        // A pattern with a slash at the beginning or within is relative to its file's folder; others match at any depth.
        let isRelative = text.contains("/")
        if text.first == "/" { text.removeFirst() }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { GlobPart(pattern: $0) }
        self.parts = (isRelative ? parts : [.anyFolders] + parts).reduce(into: []) { kept, part in
            // Two successive `**` are one.
            if part != .anyFolders || kept.last != .anyFolders { kept.append(part) }
        }
    }

    /// Whether the pattern matches a path.
    ///
    /// The path is given by its parts below the pattern's folder, in the same Unicode normalization form as the pattern.
    func matches(_ path: ArraySlice<Substring>, isFolder: Bool) -> Bool {
        guard isFolder || !isForFolders else { return false }
        return matches(path)
    }

    /// Matches by going back to the last `**` only, in time proportional to the parts of the path times those of the pattern.
    ///
    /// Earlier ones have matched as little as they can, so that they need not match more.
    private func matches(_ path: ArraySlice<Substring>) -> Bool {
        var (part, name) = (parts.startIndex, path.startIndex)
        var retry: (part: Int, name: Int)?
        while true {
            if part < parts.endIndex, parts[part] == .anyFolders {
                // At the end it matches what is inside the folder, and not the folder.
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

    /// The line without trailing blanks, except one after a backslash.
    private static func trimmed(_ line: String) -> Substring.UnicodeScalarView {
        var text = line.unicodeScalars[...]
        while text.last == " ", !Self.isEscaped(text) { text.removeLast() }
        return text
    }

    private static func isEscaped(_ text: Substring.UnicodeScalarView) -> Bool {
        text.dropLast().reversed().prefix { $0 == "\\" }.count % 2 == 1
    }
}
