internal import ArgumentParser
internal import Evaluation
internal import Foundation

/// The input and output files of an evaluation.
enum EvaluationFiles {
    /// Reads a file of questions, and reports its faults.
    static func questions(at path: String) throws -> QuestionFile {
        let data = try contents(of: path)
        guard let text = String(bytes: data, encoding: .utf8) else {
            Terminal.error("\(path) is not UTF-8 text; save it as UTF-8.")
            throw ExitStatus.faultyInput
        }
        do {
            let file = try QuestionFile(text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text, named: path)
            guard file.questions.isEmpty else { return file }
            Terminal.error("\(path) contains only drafts: edit them, and remove \"draft\": true.")
        } catch {
            Terminal.error("\(path) cannot be used:\n\(error)")
        }
        throw ExitStatus.faultyInput
    }

    /// Reads the JSON of an earlier result.
    static func baseline(at path: String) throws -> Baseline {
        let data = try contents(of: path)
        do {
            return try Baseline(json: data)
        } catch {
            Terminal.error("\(path) is not a result of `policy-assistant evaluate --json`.")
            throw ExitStatus.faultyInput
        }
    }

    /// Checks that a report can be written, before questions are asked.
    ///
    /// - Throws: `ValidationError`.
    static func checkWritable(_ path: String) throws {
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard !(exists && isDirectory.boolValue), FileManager.default.isWritableFile(atPath: exists ? path : folder)
        else {
            throw ValidationError("\(path) cannot be written: its folder must exist and be writable by this user.")
        }
    }

    static func write(_ data: Data, to path: String) throws {
        do {
            try data.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            Terminal.error("\(path) cannot be written.")
            throw ExitStatus.failed
        }
    }

    private static func contents(of path: String) throws -> Data {
        guard let data = FileManager.default.contents(atPath: path) else {
            Terminal.error("\(path) cannot be read.")
            throw ExitStatus.faultyInput
        }
        return data
    }
}
