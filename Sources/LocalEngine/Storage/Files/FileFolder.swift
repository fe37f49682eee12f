internal import Foundation
internal import NIOPosix
internal import SystemPackage

/// The folder with the bytes of the uploaded files, each under its ID, and with their texts.
struct FileFolder: Sendable {
    /// The suffix of a file that is still arriving.
    private static let arriving = ".part"
    /// The suffix of the text of a file.
    private static let text = ".text"
    /// The suffix of the text of a file as Markdown.
    private static let markdown = ".markdown"
    /// The seconds without a byte after which an arriving file is abandoned.
    static let arrivalTimeout = 3600

    let path: FilePath

    /// Opens or creates the folder at a path, which no other user can enter.
    ///
    /// - Throws: `LocalEngineError` with the code `storageUnusable`.
    init(at path: FilePath) throws(LocalEngineError) {
        self.path = path
        try PrivateFolder.make(at: path)
        // All files in it are the engine's.
        chmod(path.string, 0o700)
    }

    /// The path of the bytes of a file.
    func path(of id: String) -> String {
        path.appending(id).string
    }

    /// Calls a closure with a new file for an upload, and removes the file if the closure throws.
    func withIncomingFile<Value>(_ body: (IncomingFile) async throws -> Value) async throws -> Value {
        let path = path.appending(Identifier.make("upload-") + Self.arriving)
        let file = try IncomingFile.create(at: path)
        do {
            let value = try await body(file)
            file.close()
            return value
        } catch {
            file.close()
            try? FileManager.default.removeItem(atPath: path.string)
            throw error
        }
    }

    /// Moves an arrived file to its final path.
    ///
    /// - Throws: `Errno`.
    func place(_ arrived: FilePath, as id: String) throws {
        guard rename(arrived.string, path(of: id)) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Stores the text of a file, which replaces an earlier one.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - markdown: The text as Markdown, if that differs.
    ///   - id: The file.
    /// - Throws: `Errno`.
    func keep(_ text: String, markdown: String? = nil, of id: String) throws {
        if let markdown {
            try write(markdown, as: id + Self.markdown)
        } else {
            try? FileManager.default.removeItem(atPath: path(of: id + Self.markdown))
        }
        try write(text, as: id + Self.text)
    }

    private func write(_ text: String, as name: String) throws {
        let path = path.appending(Identifier.make("text-") + Self.arriving)
        do {
            let descriptor = try FileDescriptor.open(
                path,
                .writeOnly,
                options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: .ownerReadWrite
            )
            try descriptor.closeAfter { _ = try descriptor.writeAll(text.utf8) }
            try place(path, as: name)
        } catch {
            try? FileManager.default.removeItem(atPath: path.string)
            throw error
        }
    }

    /// The text of a file.
    ///
    /// - Parameters:
    ///   - id: The file.
    ///   - asMarkdown: Whether to return the text as Markdown if that differs.
    /// - Returns: The text; nil if none is stored.
    /// - Throws: `Errno`.
    func text(of id: String, asMarkdown: Bool = false) throws -> String? {
        if asMarkdown, let markdown = try contents(of: id + Self.markdown) { return markdown }
        return try contents(of: id + Self.text)
    }

    private func contents(of name: String) throws -> String? {
        do {
            let descriptor = try FileDescriptor.open(path.appending(name), .readOnly, options: .closeOnExec)
            return String(decoding: try descriptor.closeAfter { try descriptor.readToEnd() }, as: UTF8.self)
        } catch Errno.noSuchFileOrDirectory {
            return nil
        }
    }

    /// Removes the bytes and the text of a file; a later sweep removes what cannot be removed now.
    func remove(_ id: String) {
        for suffix in ["", Self.text, Self.markdown] {
            try? FileManager.default.removeItem(atPath: path(of: id + suffix))
        }
    }

    /// Removes all files but the known ones, their texts, and those that are still arriving.
    func sweep(keeping known: Set<String>, now: Int) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: path.string) where !known.contains(name) {
            let suffix = [Self.text, Self.markdown].first { name.hasSuffix($0) }
            if let suffix, known.contains(String(name.dropLast(suffix.count))) { continue }
            let path = path(of: name)
            if name.hasSuffix(Self.arriving) {
                let attributes = try? FileManager.default.attributesOfItem(atPath: path)
                let changed = attributes?[.modificationDate] as? Date
                guard let changed, Int(changed.timeIntervalSince1970) < now - Self.arrivalTimeout else { continue }
            }
            try? FileManager.default.removeItem(atPath: path)
        }
    }
}

extension FileDescriptor {
    /// Reads from the present place to the end of the file.
    ///
    /// - Throws: `Errno`.
    fileprivate func readToEnd() throws -> [UInt8] {
        var collected: [UInt8] = []
        while true {
            let chunk = try [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
                count = try read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            if chunk.isEmpty { return collected }
            collected += chunk
        }
    }
}
