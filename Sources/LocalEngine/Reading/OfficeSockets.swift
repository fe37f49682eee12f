internal import Foundation

/// The sockets by which LibreOffice finds a running LibreOffice, in the folder that it always uses for them.
///
/// A LibreOffice that is killed leaves its socket.
enum OfficeSockets {
    /// The folder in which LibreOffice creates them.
    static let folder = "/tmp"

    /// Removes this user's sockets on which no process listens.
    static func sweep(in folder: String = folder) {
        let prefix = "OSL_PIPE_\(geteuid())_SingleOfficeIPC_"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(prefix) {
            let path = "\(folder)/\(name)"
            let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
            // Connecting to another user's socket fails with another error than to one on which nobody listens.
            guard type == .typeSocket, isDead(path) else { continue }
            unlink(path)
        }
    }

    /// Whether no process listens on a socket.
    private static func isDead(_ path: String) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { room -> Bool in
            guard path.utf8.count < room.count else { return false }
            room.copyBytes(from: path.utf8)
            return true
        }
        #if canImport(Darwin)
            let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
        #else
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        guard fits, descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return result != 0 && errno == ECONNREFUSED
    }
}
