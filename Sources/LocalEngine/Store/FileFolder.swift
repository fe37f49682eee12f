internal import Foundation
internal import NIOPosix
internal import SystemPackage

/// The folder that holds the bytes of the uploaded files, each under its ID.
struct FileFolder: Sendable {
    /// The suffix of a file that is still arriving.
    private static let arriving = ".part"
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

    /// Removes the bytes of a file; what cannot be removed now is swept later.
    func remove(_ id: String) {
        try? FileManager.default.removeItem(atPath: path(of: id))
    }

    /// Removes every file but those known and those still arriving.
    func sweep(keeping known: Set<String>, now: Int) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: path.string) where !known.contains(name) {
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
