internal import Foundation

extension WorkingFolder {
    /// Writes a file into the folder.
    ///
    /// - Parameters:
    ///   - bytes: What is in the file.
    ///   - name: The name of the file, which holds no slash.
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
