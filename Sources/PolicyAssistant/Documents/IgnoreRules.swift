internal import Foundation
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The patterns of the `.policyignore` files of a folder and of the folders above it.
struct IgnoreRules: Sendable {
    static let filename = ".policyignore"

    private struct Rule: Sendable {
        let pattern: IgnorePattern
        /// The number of parts of the path of the rule's folder.
        let depth: Int
        let source: String
    }

    private var rules: [Rule] = []

    /// The largest file that is read, in bytes.
    private static let largestFile = 1 << 20

    /// Adds the rules of a folder's file, if it has one; they take precedence over those before.
    ///
    /// - Parameters:
    ///   - path: The folder's path below the assets folder; empty for the assets folder.
    ///   - directory: The folder.
    ///   - assets: The assets folder, within which the file may be a link.
    /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable`, so that no file is taken that is to be ignored.
    mutating func read(
        ofFolder path: String,
        _ directory: OpenFile,
        in assets: AssetFolder
    ) throws(PolicyAssistantError) {
        guard let entry = directory.status(of: Self.filename) else { return }
        let name = path.isEmpty ? Self.filename : "\(path)/\(Self.filename)"
        let file: OpenFile
        do {
            if entry.st_mode & S_IFMT == S_IFLNK {
                guard case .inside(let location) = assets.target(ofLink: name) else {
                    throw Self.refused(name, "is a link without a target, or out of the assets folder")
                }
                file = try assets.open(location)
            } else {
                file = try directory.open(Self.filename)
            }
        } catch let error as PolicyAssistantError {
            throw error
        } catch {
            throw Self.refused(name, "cannot be read", cause: error)
        }
        guard let status = file.status, status.st_mode & S_IFMT == S_IFREG else {
            throw Self.refused(name, "is not a file")
        }
        let bytes: [UInt8]?
        do {
            bytes = try file.bytes(upTo: Self.largestFile)
        } catch {
            throw Self.refused(name, "cannot be read", cause: error)
        }
        guard let bytes else { throw Self.refused(name, "is larger than 1 MB") }
        guard let text = try? TextFile.text(of: bytes) else {
            throw Self.refused(name, "is not UTF-8 text; save it as UTF-8")
        }
        add(text, ofFolder: path, named: name)
    }

    /// Adds the rules of a file's text.
    mutating func add(_ text: String, ofFolder folder: String, named name: String) {
        let depth = folder.pathParts.count
        for (index, line) in Self.lines(of: text).enumerated() {
            guard let pattern = IgnorePattern(line: line) else { continue }
            rules.append(Rule(pattern: pattern, depth: depth, source: "line \(index + 1) of \(name)"))
        }
    }

    /// The line that ignores a path, as `line 3 of .policyignore`; nil where none does.
    ///
    /// The last line that matches the path decides. Paths and patterns are compared in normalization form C.
    func reason(toIgnore path: String, isFolder: Bool) -> String? {
        guard !rules.isEmpty else { return nil }
        let parts = path.precomposedStringWithCanonicalMapping.pathParts
        let rule = rules.last { $0.pattern.matches(parts[$0.depth...], isFolder: isFolder) }
        guard let rule, !rule.pattern.isNegated else { return nil }
        return rule.source
    }

    private static func refused(
        _ name: String,
        _ fault: String,
        cause: (any Error)? = nil
    ) -> PolicyAssistantError {
        PolicyAssistantError(
            .fileUnreadable,
            """
            “\(name.escapingControls())” \(fault). Nothing was changed, as the files that it names would become documents.
            """,
            cause: cause
        )
    }

    /// The lines, which end with a line feed, a carriage return, or both.
    private static func lines(of text: String) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
            if scalar == "\r" || scalar == "\n" && last != "\r" {
                lines.append(String(line))
                line = String.UnicodeScalarView()
            } else if scalar != "\n" {
                line.append(scalar)
            }
            last = scalar
        }
        return lines + [String(line)]
    }
}
