internal import Foundation
internal import MessageExports

extension ExportFile {
    /// Creates a file of this machine, which is opened when it is read first.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - name: The name in errors; nil for the path.
    init(path: String, name: String? = nil) {
        var handle: FileHandle?
        self.init(name: name ?? path) { () throws(ExportError) in
            do {
                let file = try handle ?? FileHandle(forReadingFrom: URL(filePath: path))
                handle = file
                let piece = try file.read(upToCount: 64 << 10) ?? Data()
                if piece.isEmpty { try file.close() }
                return [UInt8](piece)
            } catch {
                throw ExportError(.unreadable, "\(path) cannot be read; check that it exists and that you may read it.")
            }
        }
    }
}
