package import Foundation
internal import Synchronization
internal import SystemPackage

/// A private folder for the files that programs write while one document is read.
///
/// The folder is created on first use, with permissions 0700. This process holds a lock on it until ``remove()``, by which
/// ``sweep(in:now:)`` of another process distinguishes folders in use from those of killed processes.
package final class WorkingFolder: Sendable {
    /// The prefix of the folders' names, before six letters and digits.
    private static let prefix = "policy-assistant-document-"
    /// The minimum age of a removed folder in seconds: a younger one may not be locked yet.
    private static let minimumAge: TimeInterval = 60

    private let directory: String
    private let made = Mutex<(path: String, descriptor: FileDescriptor)?>(nil)

    /// Describes a folder, which is created on demand.
    ///
    /// - Parameter directory: The folder in which it is created.
    package init(in directory: String = WorkingFolder.temporaryDirectory) {
        self.directory = directory
    }

    deinit { remove() }

    /// The folder of this process's temporary files, without a trailing slash.
    package static var temporaryDirectory: String {
        let path = FileManager.default.temporaryDirectory.path(percentEncoded: false)
        return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// The path of the folder, which is created on first use.
    ///
    /// - Throws: `ExtractionError` with code `serverError` if it cannot be created.
    package func path() throws(ExtractionError) -> String {
        let path = made.withLock { made -> String? in
            if let made { return made.path }
            var template = Array("\(directory)/\(Self.prefix)XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { return nil }
            let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
            guard let descriptor = try? Self.open(path) else { return nil }
            _ = flock(descriptor.rawValue, LOCK_EX | LOCK_NB)
            made = (path, descriptor)
            return path
        }
        guard let path else { throw .server("No temporary folder can be made to read the document in.") }
        return path
    }

    /// Removes the folder and its content, if it was created.
    package func remove() {
        made.withLock { folder in
            guard let (path, descriptor) = folder else { return }
            Self.removeAll(at: path)
            try? descriptor.close()
            folder = nil
        }
    }

    /// Removes the folders of killed processes of this user.
    ///
    /// Folders of other users, folders that a process has locked, and folders younger than a minute are kept.
    ///
    /// - Parameters:
    ///   - directory: The folder that contains them.
    ///   - now: The present time.
    package static func sweep(in directory: String = temporaryDirectory, now: Date = .now) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        for name in names where name.hasPrefix(prefix) && name.utf8.count == prefix.utf8.count + 6 {
            let path = "\(directory)/\(name)"
            guard let descriptor = try? open(path) else { continue }
            defer { try? descriptor.close() }
            guard let status = try? descriptor.stat(), status.userID.rawValue == geteuid(),
                let modified = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date,
                now.timeIntervalSince(modified) > minimumAge, flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0
            else { continue }
            removeAll(at: path)
        }
    }

    private static func open(_ path: String) throws -> FileDescriptor {
        try FileDescriptor.open(FilePath(path), .readOnly, options: [.directory, .noFollow, .closeOnExec])
    }

    /// Removes a folder, even if a program has revoked permissions of folders in it.
    private static func removeAll(at path: String) {
        let files = FileManager.default
        guard (try? files.removeItem(atPath: path)) == nil, files.fileExists(atPath: path) else { return }
        let open: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
        for case let name as String in files.enumerator(atPath: path) ?? .init() {
            let type = try? files.attributesOfItem(atPath: "\(path)/\(name)")[.type] as? FileAttributeType
            if type == .typeDirectory { try? files.setAttributes(open, ofItemAtPath: "\(path)/\(name)") }
        }
        try? files.removeItem(atPath: path)
    }
}

extension WorkingFolder {
    /// Writes a file into the folder.
    ///
    /// - Parameters:
    ///   - bytes: The file's content.
    ///   - name: The file's name, without slashes.
    /// - Returns: The path of the file.
    /// - Throws: `ExtractionError` if it cannot be written.
    func write(_ bytes: [UInt8], named name: String) throws(ExtractionError) -> String {
        let file = "\(try path())/\(name)"
        do {
            try Data(bytes).write(to: URL(filePath: file))
        } catch {
            throw .server("A part of the file cannot be written into a temporary folder.")
        }
        return file
    }
}
