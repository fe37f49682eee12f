internal import Foundation
internal import NIOPosix
internal import SystemPackage

/// The folder that holds the bytes of the uploaded files, each under its ID, and beside them the texts that were read.
struct FileFolder: Sendable {
    /// The suffix of a file that is still arriving.
    private static let arriving = ".part"
    /// The suffix of the text of a file.
    private static let text = ".text"
    /// After how many seconds without a byte an arriving file has been abandoned.
    static let patience = 3600

    let path: FilePath

    /// The folder at a path, made if it is not there, which no other user can enter.
    ///
    /// - Throws: `LocalEngineError` with the code `storageUnusable`.
    init(at path: FilePath) throws(LocalEngineError) {
        self.path = path
        try PrivateFolder.make(at: path)
        // All in it is the engine's own.
        chmod(path.string, 0o700)
    }

    /// Where the bytes of a file are.
    func path(of id: String) -> String {
        path.appending(id).string
    }

    /// Lends a new file to write an upload to; unless it was placed, it is removed again.
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

    /// Gives an arrived file its place.
    ///
    /// - Throws: `Errno`.
    func place(_ arrived: FilePath, as id: String) throws {
        guard rename(arrived.string, path(of: id)) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Keeps the text of a file, which replaces one that was kept before.
    ///
    /// - Throws: `Errno`.
    func keep(_ text: String, of id: String) throws {
        let path = path.appending(Identifier.make("text-") + Self.arriving)
        do {
            let descriptor = try FileDescriptor.open(
                path,
                .writeOnly,
                options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: .ownerReadWrite
            )
            try descriptor.closeAfter { _ = try descriptor.writeAll(text.utf8) }
            try place(path, as: id + Self.text)
        } catch {
            try? FileManager.default.removeItem(atPath: path.string)
            throw error
        }
    }

    /// The text of a file; nil if none is kept.
    ///
    /// - Throws: `Errno`.
    func text(of id: String) throws -> String? {
        do {
            let descriptor = try FileDescriptor.open(path.appending(id + Self.text), .readOnly, options: .closeOnExec)
            return String(decoding: try descriptor.closeAfter { try descriptor.readToEnd() }, as: UTF8.self)
        } catch Errno.noSuchFileOrDirectory {
            return nil
        }
    }

    /// Removes the bytes and the text of a file; what cannot be removed now is swept later.
    func remove(_ id: String) {
        try? FileManager.default.removeItem(atPath: path(of: id))
        try? FileManager.default.removeItem(atPath: path(of: id + Self.text))
    }

    /// Removes every file but those known, their texts, and what is still arriving.
    func sweep(keeping known: Set<String>, now: Int) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: path.string) where !known.contains(name) {
            if name.hasSuffix(Self.text), known.contains(String(name.dropLast(Self.text.count))) { continue }
            let path = path(of: name)
            if name.hasSuffix(Self.arriving) {
                let attributes = try? FileManager.default.attributesOfItem(atPath: path)
                let changed = attributes?[.modificationDate] as? Date
                guard let changed, Int(changed.timeIntervalSince1970) < now - Self.patience else { continue }
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
