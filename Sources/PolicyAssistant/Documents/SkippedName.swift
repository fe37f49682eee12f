internal import FoundationEssentials

/// The names of files and folders that operating systems, storage devices and programs create for themselves.
enum SkippedName {
    /// Whether a file or folder has such a name, and is skipped without a report.
    ///
    /// - Parameters:
    ///   - name: The name, without the folders above it.
    ///   - isFolder: Whether it is a folder.
    /// - Returns: Whether it is skipped.
    static func isSkipped(_ name: String, isFolder: Bool) -> Bool {
        let name = name.lowercased()
        if isFolder { return folders.contains(name) }
        return files.contains(name) || prefixes.contains { name.utf8.starts(with: $0.utf8) }
            || suffixes.contains { name.utf8.reversed().starts(with: $0.utf8.reversed()) }
    }

    /// Whether a file has a misspelling of the name `.policyignore`.
    static func isMisnamedIgnoreFile(_ name: String) -> Bool {
        guard name != IgnoreRules.filename else { return false }
        var name = name.lowercased().filter { !$0.isWhitespace }
        if name.utf8.first == UInt8(ascii: ".") { name.removeFirst() }
        return ["policyignore", "policyignore.txt", "policyignore.md", "policy-ignore", "policy_ignore"].contains(name)
    }

    private static let files: Set = [
        "thumbs.db", "thumbs.db:encryptable", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", ".ds_store",
        ".localized", ".directory", ".apdisk", "icon\r",
    ]
    private static let folders: Set = [
        "__macosx", "@eadir", "@tmp", "@recycle", "@recently-snapshot", "#recycle", "#snapshot", "$recycle.bin",
        "recycler", "system volume information", "lost+found", "network trash folder", "temporary items", ".trashes",
        ".appledouble", ".spotlight-v100", ".fseventsd", ".temporaryitems", ".documentrevisions-v100",
    ]
    /// Lock and owner files of office programs, and files of AppleDouble.
    private static let prefixes = ["~$", ".~lock.", "~wr", "._", ".fuse_hidden", ".nfs0"]
    /// Files that are being downloaded, copied or saved.
    private static let suffixes = [
        ".tmp", ".temp", ".crdownload", ".part", ".partial", ".filepart", ".download", ".opdownload", ".swp", ".swx",
        ":zone.identifier", "~",
    ]
}
