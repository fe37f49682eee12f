internal import Foundation
internal import Subprocess
internal import SystemPackage

/// A program of the system that reads or converts a format.
///
/// It runs as a child process without this process's environment, within ``ExtractionLimits``: the shell that starts it
/// limits its processor time and memory, and lets it write files only into a ``WorkingFolder``; this process limits its
/// time and output, and kills its process group when it exceeds either, or when the task is cancelled.
package struct HelperProgram: Sendable {
    /// The name of the program.
    let name: String
    /// Its Debian package; nil for this program itself.
    let package: String?

    /// Creates a program.
    ///
    /// - Parameters:
    ///   - name: Its name, or its path.
    ///   - package: Its Debian package; nil for this program itself.
    package init(name: String, package: String?) {
        self.name = name
        self.package = package
    }

    /// The outcome of a run.
    package struct Outcome: Sendable {
        /// The exit code; `nil` if a signal ended the program.
        package var exitCode: Int?
        /// The signal that ended the program; `nil` if it exited.
        package var signal: Int?
        /// Its output.
        package var output: [UInt8]
    }

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments.
    ///   - limits: The limits of the run.
    ///   - folder: The folder for files of up to `limits.helperFileBytes` each. It is the program's working folder,
    ///     HOME and TMPDIR, so that paths among the arguments have to be absolute. Without it, the program may not
    ///     write files.
    /// - Returns: The outcome; an exit code other than 0 is not an error.
    /// - Throws: `ExtractionError` if the program is not installed or exceeded a limit.
    package func run(
        _ arguments: [String],
        within limits: ExtractionLimits,
        writingIn folder: WorkingFolder? = nil
    ) async throws(ExtractionError) -> Outcome {
        let folder = try folder?.path()
        let ending = await withTaskGroup(of: Ending.self) { group in
            group.addTask { await child(arguments, within: limits, writingIn: folder) }
            group.addTask {
                try? await Task.sleep(for: limits.helperTime)
                return Task.isCancelled ? .stopped : .outOfTime
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? .stopped
        }
        switch ending {
        case .ended(let outcome) where outcome.exitCode == Self.notFound:
            guard let package else { throw .server("The program that reads documents cannot be started.") }
            throw .server("The program \(name) is missing: install the package \(package).")
        case .ended(let outcome) where outcome.signal == Self.fileTooLarge && folder != nil:
            throw .invalid("Reading the file takes temporary files of more than \(limits.helperFileBytes >> 20) MB.")
        case .ended(let outcome): return outcome
        case .outOfTime: throw .invalid("Reading the file took longer than \(limits.helperTime).")
        case .tooMuchOutput: throw .invalid("The file holds more than \(limits.textBytes >> 20) MB of text.")
        case .stopped: throw .server("The file was not read to its end.")
        }
    }

    private enum Ending: Sendable {
        case ended(Outcome)
        case outOfTime, tooMuchOutput, stopped
    }

    /// The shell's exit code for an unknown program.
    private static let notFound = 127
    /// The signal to a process that writes a file beyond its limit (SIGXFSZ).
    private static let fileTooLarge = 25

    /// Sets the limits, then executes the program.
    ///
    /// Where the system does not limit address space, the other limits apply.
    private static let script = """
        ulimit -c 0; ulimit -t "$1"; ulimit -v "$2" 2>/dev/null; ulimit -f "$3"; shift 3; exec "$@" 2>/dev/null
        """

    /// The limit of the address space for the shell; this program itself sets its own.
    private func memory(within limits: ExtractionLimits) -> String {
        package == nil ? "unlimited" : "\(limits.helperMemoryBytes >> 10)"
    }

    private func child(
        _ arguments: [String],
        within limits: ExtractionLimits,
        writingIn folder: String?
    ) async -> Ending {
        let seconds = max(1, limits.helperTime.components.seconds)
        // The shell's unit is a block of 512 bytes.
        let blocks = folder == nil ? 0 : limits.helperFileBytes >> 9
        var options = PlatformOptions()
        options.createSession = true  // without a terminal there is nothing to ask a password from
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))]
        var environment: [Environment.Key: String] = [
            "PATH": Self.searchPath, "LC_ALL": "C.UTF-8",
        ]
        if let folder {
            environment["HOME"] = folder
            environment["TMPDIR"] = folder
        }
        do {
            let result = try await Subprocess.run(
                .path("/bin/sh"),
                arguments: Arguments(
                    ["-c", Self.script, "sh", "\(seconds)", memory(within: limits), "\(blocks)", name] + arguments
                ),
                environment: .custom(environment),
                workingDirectory: folder.map { FilePath($0) },
                platformOptions: options,
                output: .bytes(limit: limits.textBytes)
            )
            return switch result.terminationStatus {
            case .exited(let code): .ended(Outcome(exitCode: Int(code), output: result.standardOutput))
            case .signaled(let signal): .ended(Outcome(signal: Int(signal), output: result.standardOutput))
            }
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            return .tooMuchOutput
        } catch {
            return .stopped
        }
    }
}

extension HelperProgram {
    /// The argument for a path, which cannot be taken for an option.
    static func fileArgument(_ path: String) -> String {
        path.first == "/" ? path : "./" + path
    }
}

extension HelperProgram {
    static let pdftohtml = HelperProgram(name: "pdftohtml", package: "poppler-utils")
    static let pdftotext = HelperProgram(name: "pdftotext", package: "poppler-utils")
    static let pdftocairo = HelperProgram(name: "pdftocairo", package: "poppler-utils")
    static let pdfimages = HelperProgram(name: "pdfimages", package: "poppler-utils")
    static let pdfinfo = HelperProgram(name: "pdfinfo", package: "poppler-utils")
    static let pdfdetach = HelperProgram(name: "pdfdetach", package: "poppler-utils")
    static let tesseract = HelperProgram(name: "tesseract", package: "tesseract-ocr")
    static let soffice = HelperProgram(name: "soffice", package: "libreoffice-writer-nogui")
    static let shell = HelperProgram(name: "sh", package: "dash")

    /// The search path of programs.
    static let searchPath = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin"

    /// The program's path; nil if it is not installed.
    var path: String? {
        Self.searchPath.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}
