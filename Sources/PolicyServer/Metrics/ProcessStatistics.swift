internal import Foundation

/// The kernel's statistics of this process, from `/proc`.
struct ProcessStatistics {
    let startTime: Double
    let processorSeconds: Double
    let virtualBytes: Double
    let residentBytes: Double
    let openDescriptors: Double

    /// Reads the current statistics; nil on a system without `/proc`.
    static func now() -> ProcessStatistics? {
        guard let status = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
            let system = try? String(contentsOfFile: "/proc/stat", encoding: .utf8),
            let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        else { return nil }
        return ProcessStatistics(
            status: status,
            system: system,
            // Without the descriptor of the folder itself.
            openDescriptors: descriptors.count - 1,
            ticksPerSecond: Double(sysconf(Int32(_SC_CLK_TCK))),
            pageBytes: Double(sysconf(Int32(_SC_PAGESIZE)))
        )
    }

    /// Parses the statistics; nil if they are in another format.
    ///
    /// - Parameters:
    ///   - status: The content of `/proc/self/stat`; its fields are numbered as in `man 5 proc`.
    ///   - system: The content of `/proc/stat`.
    ///   - openDescriptors: The number of open file descriptors.
    ///   - ticksPerSecond: The unit of times.
    ///   - pageBytes: The unit of resident memory.
    init?(status: String, system: String, openDescriptors: Int, ticksPerSecond: Double, pageBytes: Double) {
        // The second field is the program's name in parentheses, which may contain any character.
        guard let name = status.lastIndex(of: ")") else { return nil }
        let fields = status[status.index(after: name)...].split(separator: " ")
        func field(_ number: Int) -> Double? {
            fields.indices.contains(number - 3) ? Double(fields[number - 3]) : nil
        }
        let bootTime = system.split(separator: "\n").first { $0.hasPrefix("btime ") }
            .flatMap { Double($0.dropFirst("btime ".count)) }
        guard let bootTime, let user = field(14), let kernel = field(15), let start = field(22),
            let virtual = field(23), let resident = field(24)
        else { return nil }
        startTime = bootTime + start / ticksPerSecond
        processorSeconds = (user + kernel) / ticksPerSecond
        virtualBytes = virtual
        residentBytes = resident * pageBytes
        self.openDescriptors = Double(openDescriptors)
    }

    /// Writes the statistics under the names that Prometheus's client libraries use.
    func write(to text: inout PrometheusText) {
        text.single("process_cpu_seconds_total", .counter, help: "Processor time in seconds.", processorSeconds)
        text.single("process_open_fds", .gauge, help: "Open file descriptors.", openDescriptors)
        text.single("process_resident_memory_bytes", .gauge, help: "Resident memory.", residentBytes)
        text.single("process_start_time_seconds", .gauge, help: "Start time in seconds since 1970.", startTime)
        text.single("process_virtual_memory_bytes", .gauge, help: "Virtual memory.", virtualBytes)
    }
}
