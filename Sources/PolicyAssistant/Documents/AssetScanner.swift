internal import DocumentText
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Walks the assets folder and sorts its files into documents, files that are not meant to be documents, and files that are
/// left out for a reason.
///
/// Of the files, only `.policyignore` and the targets of links are opened.
struct AssetScanner {
    struct Findings: Equatable {
        /// The documents, in the order of their paths.
        var files: [ScannedDocument] = []
        /// Files that cannot be documents, and folders that cannot be read.
        var leftOut: [LeftOutDocument] = []
        /// Dot files, and the files and folders that `.policyignore` names.
        var ignored: [LeftOutDocument] = []
    }

    /// The file types that OpenAI's file search reads, by their extensions.
    static let supportedExtensions: Set<String> = [
        "c", "cpp", "cs", "css", "doc", "docx", "go", "html", "java", "js", "json", "md", "pdf", "php", "pptx", "py",
        "rb", "sh", "tex", "ts", "txt",
    ]
    /// The file types that only the embedded engine reads, by their extensions.
    static let engineExtensions: Set<String> = [
        "csv", "docm", "dotm", "dotx", "eml", "htm", "jsonl", "markdown", "mdx", "mht", "mhtml", "ndjson", "potm",
        "potx", "ppsm", "ppsx", "pptm", "tsv", "xhtml", "xlsm", "xlsx", "xltm", "xltx",
    ]
    static let maximumBytes = 512 * 1024 * 1024
    /// The longest path that is taken, in bytes: that of the system's calls.
    private static let longestPath = 4096

    /// The folder that is walked, by which its files are opened.
    let folder: AssetFolder
    private let root: String
    /// The file types that are documents, by their extensions.
    private let types: Set<String>
    /// The programs for further types that are not installed, by these types.
    private let missingPrograms: [String: OptionalProgram]

    /// Opens a folder.
    ///
    /// - Parameters:
    ///   - root: The path of the folder.
    ///   - upstream: The upstream that reads the documents; nil for OpenAI's file search.
    ///   - programs: The installed programs with which the embedded engine reads further types.
    /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable`.
    init(
        root: String,
        readBy upstream: Settings.Upstream? = nil,
        programs: Set<OptionalProgram> = OptionalProgram.installed
    ) throws(PolicyAssistantError) {
        self.root = root
        if case .embedded = upstream {
            let withPrograms = OptionalProgram.allCases.flatMap { program in
                program.fileExtensions.map { ($0, program) }
            }
            missingPrograms = Dictionary(uniqueKeysWithValues: withPrograms.filter { !programs.contains($0.1) })
            types = Self.supportedExtensions.union(Self.engineExtensions).union(withPrograms.map(\.0))
                .subtracting(missingPrograms.keys)
        } else {
            types = Self.supportedExtensions
            missingPrograms = [:]
        }
        folder = try AssetFolder(at: root)
    }

    /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable` where the folder itself, or a `.policyignore`
    ///   file, cannot be read.
    func scan() throws(PolicyAssistantError) -> Findings {
        var findings = Findings()
        try walk("", folder.root, IgnoreRules(), into: &findings)
        findings.files.sort { ExactPath($0.path) < ExactPath($1.path) }
        findings.leftOut.sort { ExactPath($0.path) < ExactPath($1.path) }
        findings.ignored.sort { ExactPath($0.path) < ExactPath($1.path) }
        return findings
    }

    private func walk(
        _ path: String,
        _ directory: OpenFile,
        _ outerRules: IgnoreRules,
        into findings: inout Findings
    ) throws(PolicyAssistantError) {
        let names: [String]
        do {
            names = try directory.names()
        } catch {
            guard !path.isEmpty else { throw AssetFolder.unreadable(root, error) }
            findings.leftOut.append(.init(path: path, reason: "the folder cannot be read"))
            return
        }
        var rules = outerRules
        try rules.read(ofFolder: path, directory, in: folder)
        for name in names where !name.utf8.elementsEqual(IgnoreRules.filename.utf8) {
            let entry = Entry(name: name, path: path.isEmpty ? name : "\(path)/\(name)", directory: directory)
            try place(entry, rules, into: &findings)
        }
    }

    /// An entry of a folder.
    private struct Entry {
        let name: String
        let path: String
        let directory: OpenFile
    }

    private func place(
        _ entry: Entry,
        _ rules: IgnoreRules,
        into findings: inout Findings
    ) throws(PolicyAssistantError) {
        let inspection = inspect(entry)
        let isFolder = inspection == .directory
        guard !SkippedName.isSkipped(entry.name, isFolder: isFolder) else { return }
        if SkippedName.isMisnamedIgnoreFile(entry.name), !isFolder {
            findings.leftOut.append(
                .init(path: entry.path, reason: "it is not read: rename it to \(IgnoreRules.filename), or remove it")
            )
        } else if entry.name.utf8.first == UInt8(ascii: ".") {
            findings.ignored.append(.init(path: entry.path, reason: "a dot file"))
        } else if let rule = rules.reason(toIgnore: entry.path, isFolder: isFolder) {
            findings.ignored.append(.init(path: entry.path, reason: rule))
        } else {
            switch inspection {
            case .document(let file): findings.files.append(file)
            case .leftOut(let reason): findings.leftOut.append(.init(path: entry.path, reason: reason))
            case .directory:
                do {
                    let inner = try entry.directory.open(entry.name, isFolder: true)
                    try walk(entry.path, inner, rules, into: &findings)
                } catch let error as PolicyAssistantError {
                    throw error
                } catch {
                    findings.leftOut.append(.init(path: entry.path, reason: "the folder cannot be read"))
                }
            }
        }
    }

    private enum Inspection: Equatable {
        case directory
        case document(ScannedDocument)
        case leftOut(String)
    }

    private func inspect(_ entry: Entry) -> Inspection {
        guard let status = entry.directory.status(of: entry.name) else {
            return .leftOut(
                entry.name.contains("\u{FFFD}") ? "its name is not valid UTF-8; rename it" : "it cannot be read"
            )
        }
        guard !entry.name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            return .leftOut("its name holds a line break or another control character; rename it")
        }
        guard entry.path.utf8.count < Self.longestPath else { return .leftOut("its path is too long") }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return .directory
        case S_IFLNK: return inspectLink(entry)
        case S_IFREG: break
        default: return .leftOut("it is neither a file nor a folder")
        }
        if let reason = reasonToLeaveOut(fileNamed: entry.name, bytes: Int(status.st_size)) { return .leftOut(reason) }
        guard entry.directory.mayRead(entry.name) else { return .leftOut("this user may not read it") }
        return .document(ScannedDocument(path: entry.path, location: entry.path, stamp: FileStamp(status)))
    }

    private func inspectLink(_ entry: Entry) -> Inspection {
        switch folder.target(ofLink: entry.path) {
        case .nowhere: return .leftOut("the link has no target")
        case .outside: return .leftOut("the link leads out of the assets folder")
        case .inside(let location):
            // Opened below the folder and not through links, as the target may have changed meanwhile.
            guard let status = (try? folder.open(location))?.status else { return .leftOut("it cannot be read") }
            guard status.st_mode & S_IFMT != S_IFDIR else { return .leftOut("links to folders are not followed") }
            guard status.st_mode & S_IFMT == S_IFREG else { return .leftOut("it is neither a file nor a folder") }
            if let reason = reasonToLeaveOut(fileNamed: entry.name, bytes: Int(status.st_size)) {
                return .leftOut(reason)
            }
            return .document(ScannedDocument(path: entry.path, location: location, stamp: FileStamp(status)))
        }
    }

    /// Whether a file of this name may be a document.
    static func mayBeDocument(_ name: String) -> Bool {
        let type = name.split(separator: ".").last?.lowercased() ?? ""
        return supportedExtensions.contains(type) || engineExtensions.contains(type)
            || OptionalProgram.allCases.contains { $0.fileExtensions.contains(type) }
    }

    private func reasonToLeaveOut(fileNamed name: String, bytes: Int) -> String? {
        let parts = name.split(separator: ".")
        guard parts.count > 1, let type = parts.last?.lowercased() else {
            return "it has no file extension; give it one of \(types.sorted().joined(separator: ", "))"
        }
        if let program = missingPrograms[type] {
            let instead = program.presentExtension.map { ", or save it as .\($0)" } ?? ""
            return
                "\(program.name), which reads .\(type) files, is not installed: install the package "
                + program.debianPackage + instead
        }
        if type == "msg" { return ".msg files, Outlook's own, are not supported; save the message as .eml or .pdf" }
        guard types.contains(type) else {
            return ".\(type) files are not supported; save it as .pdf, .docx, .md, .txt, .html or .json"
        }
        guard bytes > 0 else { return "it is empty" }
        guard bytes <= Self.maximumBytes else { return "it is larger than 512 MB" }
        return nil
    }
}
