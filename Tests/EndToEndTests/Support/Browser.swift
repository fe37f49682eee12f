import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The browser and what drives it, where `scripts/test` has installed them.
enum Browser {
    /// A Python that has selenium; nil where there is none, or no browser.
    static let python: String? = {
        let programs = ["/usr/bin/chromium", "/usr/bin/chromedriver"]
        guard programs.allSatisfy(FileManager.default.isExecutableFile(atPath:)) else { return nil }
        return ProcessInfo.processInfo.environment["BROWSER_PYTHON"]
    }()
    /// The folder of axe-core's script, which knows the rules of WCAG.
    static let axe = ProcessInfo.processInfo.environment["AXE_DIR"]
    /// Whether what speaks on this machine is installed.
    static let canSpeak = ["/usr/bin/espeak-ng", "/usr/bin/ffmpeg"]
        .allSatisfy(FileManager.default.isExecutableFile(atPath:))
    /// The folder of the model that hears; nil where it is not, or what speaks to it.
    static let whisper: String? = {
        guard canSpeak else { return nil }
        return ProcessInfo.processInfo.environment["WHISPER_MODEL_DIR"]
    }()
}

/// The browser of the test process: all scenarios are played in it, each in a profile of its own.
private actor RunningBrowser {
    static let shared = RunningBrowser()

    private var start: Task<String, any Error>?

    /// Where it takes commands: an address of the form `ws://127.0.0.1:<port>/devtools/browser/<id>`.
    var address: String {
        get async throws {
            let start = start ?? Task { try await Self.launch() }
            self.start = start
            return try await start.value
        }
    }

    private static func launch() async throws -> String {
        let folder = try lastingFolder()
        let program = try await LastingProgram(
            "/usr/bin/chromium",
            arguments: [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--remote-debugging-port=0", "--user-data-dir=\(folder)/profile", "about:blank",
            ],
            environment: .inherit.updating(["HOME": folder, "TMPDIR": folder]),
            untilReadyAt: "DevTools listening on "
        )
        guard let address = program.readyLine.firstMatch(of: /ws:\/\/\S+/) else {
            throw ProgramFailure(program: "chromium", output: program.readyLine)
        }
        return String(address.output)
    }
}

extension Installation {
    /// Plays a scenario of the folder Browser, which starts the program's servers by itself.
    func browse(_ scenario: String) async throws -> ProgramResult {
        let python = try #require(Browser.python)
        let devtools = try await RunningBrowser.shared.address
        let result = try await Subprocess.run(
            .path(FilePath(python)),
            arguments: ["\(Self.project)/Tests/EndToEndTests/Browser/\(scenario).py"],
            environment: environment.updating([
                "PROGRAM": Self.program, "PYTHONDONTWRITEBYTECODE": "1", "AXE_DIR": Browser.axe,
                "BROWSER_DEVTOOLS": devtools,
            ]),
            workingDirectory: FilePath(folder),
            output: .string(limit: 4 << 20),
            error: .combinedWithOutput
        )
        guard case .exited(let status) = result.terminationStatus else {
            return ProgramResult(status: -1, output: "", errors: "")
        }
        return ProgramResult(status: status, output: result.standardOutput, errors: "")
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test where no browser can be driven.
    static var needsBrowser: Self {
        .enabled(
            if: Browser.python != nil,
            "chromium, chromium-driver or selenium is missing; scripts/test installs them"
        )
    }

    /// Skips a test where nothing speaks.
    static var needsSpeech: Self {
        .enabled(if: Browser.canSpeak, "espeak-ng or ffmpeg is missing")
    }

    /// Skips a test where nothing speaks or hears.
    static var needsHearing: Self {
        .enabled(if: Browser.whisper != nil, "espeak-ng, ffmpeg or the speech recogniser is missing")
    }

    /// Skips a test where axe-core was not fetched.
    static var needsAxe: Self {
        .enabled(if: Browser.axe != nil, "axe-core is missing; scripts/test fetches it")
    }
}
