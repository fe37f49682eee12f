package import Foundation
internal import Synchronization
internal import SystemPackage

/// A private folder for the files that programs write while one document is read.
///
/// The folder is made when its path is first asked for, with permissions 0700. This process holds a lock on it until
/// ``remove()``, so that ``sweep(in:now:)`` of another process can tell a folder in use from one that a killed process
/// has left.
package final class WorkingFolder: Sendable {
    /// The beginning of the folders' names; six letters and digits follow.
    private static let prefix = "policy-assistant-document-"
    /// How old, in seconds, a folder without a lock has to be: a younger one may be about to be locked.
    private static let minimumAge: TimeInterval = 60

    private let directory: String
    private let made = Mutex<(path: String, descriptor: FileDescriptor)?>(nil)

    /// Describes a folder, which is not made yet.
    ///
    /// - Parameter directory: Where it is made.
    package init(in directory: String = WorkingFolder.temporaryDirectory) {
        self.directory = directory
    }

    deinit { remove() }

    /// Where this process keeps temporary files, without a slash at the end.
    package static var temporaryDirectory: String {
        let path = FileManager.default.temporaryDirectory.path(percentEncoded: false)
        return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// The path of the folder, which is made unless it is there.
    ///
    /// - Throws: `ExtractionError` with the code `serverError` if it cannot be made.
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

    /// Removes the folder with all that is in it, if it was made.
    package func remove() {
        made.withLock { folder in
            guard let (path, descriptor) = folder else { return }
            Self.removeAll(at: path)
            try? descriptor.close()
            folder = nil
        }
    }

    /// Removes the folders that killed processes of this user have left.
    ///
    /// Another user's folders, folders that a process holds and folders younger than a minute are never touched.
    ///
    /// - Parameters:
    ///   - directory: Where the folders are.
    ///   - now: The time from which the age of a folder is counted.
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

    /// Removes a folder, also where a program has closed folders in it to their owner.
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
