internal import Foundation
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

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

    /// The largest file that is read, in bytes.
    private static let largestFile = 1 << 20

    /// Adds the rules of a folder's own file, if it has one; they count for more than those before.
    ///
    /// - Parameters:
    ///   - path: The folder's path below the assets folder; empty for that itself.
    ///   - directory: The folder.
    ///   - assets: The assets folder, within which the file may be a link.
    /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable`: taking what is to be ignored would be worse.
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
                    throw Self.refused(name, "is a link that leads nowhere, or out of the assets folder")
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
        guard let text = Self.text(from: bytes) else {
            throw Self.refused(name, "is text in an encoding that is not known; save it as UTF-8")
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

    /// Says which line ignores a path; nil where none does.
    ///
    /// The last line that is about the path decides. Letters are the same however they are composed.
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
            “\(name.escapingControls())” \(fault). Nothing was changed, as documents that it names would be answered from.
            """,
            cause: cause
        )
    }

    /// The text in some bytes: UTF-8 with or without a byte-order mark, or UTF-16 with one; nil for anything else.
    static func text(from bytes: [UInt8]) -> String? {
        let text: String? =
            if bytes.starts(with: [0xFF, 0xFE]) {
                utf16(bytes.dropFirst(2)) { UInt16($1) << 8 | UInt16($0) }
            } else if bytes.starts(with: [0xFE, 0xFF]) {
                utf16(bytes.dropFirst(2)) { UInt16($0) << 8 | UInt16($1) }
            } else if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
                String(validating: bytes.dropFirst(3), as: UTF8.self)
            } else {
                String(validating: bytes, as: UTF8.self)
            }
        // No pattern has a NUL, but UTF-16 without a mark, or UTF-32, has many.
        guard let text, !text.utf8.contains(0) else { return nil }
        return text
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, unit: (UInt8, UInt8) -> UInt16) -> String? {
        guard bytes.count.isMultiple(of: 2) else { return nil }
        let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { unit(bytes[$0], bytes[$0 + 1]) }
        return String(validating: units, as: UTF16.self)
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
