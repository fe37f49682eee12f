internal import ArgumentParser
internal import Foundation
internal import LocalEngine

/// Measures the engine's search in many passages.
struct BenchSearch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-search",
        abstract: "Measures how long a search takes in made-up passages, and the memory of the process."
    )

    @OptionGroup var encoder: EncoderOption

    @Option(help: "The SQLite file to fill, unless it is full.")
    var database: String

    @Option(help: "How many passages there are, 20 to a document.")
    var passages = 100_000

    @Option(help: "How many searches are measured.")
    var searches = 50

    func run() async throws {
        try await fill()
        // Opened again, so that nothing of the filling is in memory.
        let trial = try await SearchTrial(databasePath: database, encoderDirectory: encoder.encoder)
        let clock = ContinuousClock()
        var times: [Duration] = []
        var first = Duration.zero
        var start = ProcessorTime.now
        for number in 0...searches {
            let question = SearchTrial.question(number)
            var found = 0
            let time = try await clock.measure { found = try await trial.search(question) }
            guard found > 0 else { throw CleanExit.message("nothing was found for “\(question)”") }
            if number > 0 {
                times.append(time)
            } else {
                (first, start) = (time, ProcessorTime.now)
            }
        }
        let processor = (ProcessorTime.now - start) / searches
        times.sort()
        let memory = ProcessMemory()
        print("passages\tfirst ms\tmedian ms\tp95 ms\tprocessor ms\tMB now\tMB at most")
        print(
            [
                "\(passages)", Self.milliseconds(first), Self.milliseconds(times[times.count / 2]),
                Self.milliseconds(times[times.count * 95 / 100]), Self.milliseconds(processor), "\(memory.now)",
                "\(memory.peak)",
            ].joined(separator: "\t")
        )
    }

    private func fill() async throws {
        let trial = try await SearchTrial(databasePath: database, encoderDirectory: encoder.encoder)
        let documents = passages / 20
        var next = try await trial.passages() / 20
        while next < documents {
            let end = min(next + 50, documents)
            try await trial.add(documents: next..<end)
            next = end
            FileHandle.standardError.write(Data("\r\(next * 20) passages".utf8))
        }
        FileHandle.standardError.write(Data("\n".utf8))
    }

    private static func milliseconds(_ duration: Duration) -> String {
        String(format: "%.1f", duration / .milliseconds(1))
    }
}

/// The memory of this process in MB, from Linux.
private struct ProcessMemory {
    let now: Int
    let peak: Int

    init() {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        func megabytes(_ name: String) -> Int {
            let line = status.split(separator: "\n").first { $0.hasPrefix("\(name):") }
            return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) / 1_024
        }
        now = megabytes("VmRSS")
        peak = megabytes("VmHWM")
    }
}

/// The processor time that this process has used.
private enum ProcessorTime {
    static var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
