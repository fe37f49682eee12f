import Foundation

@testable import LocalEngine

/// Processes that have ended.
enum Processes {
    /// A holder whose process has ended.
    static func goneHolder() throws -> LeaseHolder {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/true")
        try process.run()
        process.waitUntilExit()
        let own = LeaseHolder.make().name.split(separator: "/", maxSplits: 2)
        return LeaseHolder(name: "\(process.processIdentifier)/\(own[1])/gone")
    }
}
