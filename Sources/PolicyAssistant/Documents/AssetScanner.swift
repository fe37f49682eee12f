internal import FoundationEssentials

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Walks the assets folder and sorts what it finds into documents, files that nobody means to be documents, and files to
/// leave out with a reason.
///
/// No file is opened but `.policyignore`.
struct AssetScanner {
    struct Findings: Equatable {
        /// The documents, in the order of their paths.
        var files: [ScannedFile] = []
        /// What cannot be a document, and folders that cannot be read.
        var leftOut: [LeftOutFile] = []
        /// Dot files, lock files of office programs, and what `.policyignore` names; a folder stands for all in it.
        var ignored: [LeftOutFile] = []
    }

    /// The file types that OpenAI's file search reads, by their extensions.
    static let supportedExtensions: Set<String> = [
        "c", "cpp", "cs", "css", "doc", "docx", "go", "html", "java", "js", "json", "md", "pdf", "php", "pptx", "py",
        "rb", "sh", "tex", "ts", "txt",
    ]
    static let maximumBytes = 512 * 1024 * 1024

    private let root: String

    init(root: String) {
        self.root = root
    }

    /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable` where the folder itself, or a `.policyignore`
    ///   file, cannot be read.
    func scan() throws(PolicyAssistantError) -> Findings {
        guard let resolvedRoot = Self.resolve(root) else { throw unreadable(cause: nil) }
        var findings = Findings()
        try walk("", below: resolvedRoot, IgnoreRules(), into: &findings)
        findings.files.sort { ExactPath($0.path) < ExactPath($1.path) }
        findings.leftOut.sort { ExactPath($0.path) < ExactPath($1.path) }
        findings.ignored.sort { ExactPath($0.path) < ExactPath($1.path) }
        return findings
    }

    private func walk(
        _ directory: String,
        below root: String,
        _ outerRules: IgnoreRules,
        into findings: inout Findings
    ) throws(PolicyAssistantError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(directory)")
        } catch {
            guard !directory.isEmpty else { throw unreadable(cause: error) }
            findings.leftOut.append(.init(path: directory, reason: "the folder cannot be read"))
            return
        }
        var rules = outerRules
        try rules.read(ofFolder: directory, at: "\(root)/\(directory)")
        for name in names where name != IgnoreRules.filename {
            let path = directory.isEmpty ? name : "\(directory)/\(name)"
            if let reason = Self.reasonToPassOver(name) {
                findings.ignored.append(.init(path: path, reason: reason))
                continue
            }
            let inspection = inspect(path, below: root)
            if let rule = rules.reason(toIgnore: path, isFolder: inspection == .directory) {
                findings.ignored.append(.init(path: path, reason: rule))
                continue
            }
            switch inspection {
            case .directory: try walk(path, below: root, rules, into: &findings)
            case .document(let file): findings.files.append(file)
            case .unfit(let reason): findings.leftOut.append(.init(path: path, reason: reason))
            }
        }
    }

    private func unreadable(cause: (any Error)?) -> PolicyAssistantError {
        PolicyAssistantError(
            .fileUnreadable,
            "The assets folder “\(root)” cannot be read. Nothing was changed; check ASSETS_DIR.",
            cause: cause
        )
    }

    private static func reasonToPassOver(_ name: String) -> String? {
        if name.utf8.starts(with: ".".utf8) { return "a dot file" }
        if name.utf8.starts(with: "~$".utf8) { return "a lock file of an office program" }
        return nil
    }

    private enum Inspection: Equatable {
        case directory
        case document(ScannedFile)
        case unfit(String)
    }

    private func inspect(_ path: String, below root: String) -> Inspection {
        let absolutePath = "\(root)/\(path)"
        var status = stat()
        guard lstat(absolutePath, &status) == 0 else {
            return .unfit(path.contains("\u{FFFD}") ? "its name is not valid UTF-8; rename it" : "it cannot be read")
        }
        guard !path.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            return .unfit("its name holds a line break or another control character; rename it")
        }
        if status.st_mode & S_IFMT == S_IFLNK {
            guard let target = Self.resolve(absolutePath) else { return .unfit("the link leads nowhere") }
            guard target.hasPrefix(root + "/") else { return .unfit("the link leads out of the assets folder") }
            guard stat(absolutePath, &status) == 0 else { return .unfit("it cannot be read") }
            guard status.st_mode & S_IFMT != S_IFDIR else { return .unfit("links to folders are not followed") }
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return .directory
        case S_IFREG: break
        default: return .unfit("it is neither a file nor a folder")
        }
        if let reason = unfitness(ofFileNamed: path, bytes: Int(status.st_size)) { return .unfit(reason) }
        guard access(absolutePath, R_OK) == 0 else { return .unfit("this user may not read it") }
        return .document(ScannedFile(path: path, absolutePath: absolutePath, stamp: FileStamp(status)))
    }

    private func unfitness(ofFileNamed path: String, bytes: Int) -> String? {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let parts = name.split(separator: ".")
        guard parts.count > 1, let type = parts.last?.lowercased() else {
            return
                "it has no file extension; give it one of \(Self.supportedExtensions.sorted().joined(separator: ", "))"
        }
        guard Self.supportedExtensions.contains(type) else {
            return ".\(type) files are not supported; save it as .pdf, .docx, .md, .txt, .html or .json"
        }
        guard bytes > 0 else { return "it is empty" }
        guard bytes <= Self.maximumBytes else { return "it is larger than 512 MB" }
        return nil
    }

    private static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

extension FileStamp {
    /// Reads the stamp of a file as it is now; nil where it cannot be read.
    init?(ofFileAt path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    fileprivate init(_ status: stat) {
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        let fraction = String(time.tv_nsec)
        self.init(
            bytes: Int(status.st_size),
            modified: "\(time.tv_sec).\(String(repeating: "0", count: 9 - fraction.count))\(fraction)"
        )
    }
}
