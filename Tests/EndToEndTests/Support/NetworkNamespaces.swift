import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Several network namespaces of this machine, joined by a bridge as machines are by a switch.
///
/// The first has the bridge, with the address 10.213.0.1; the others have 10.213.0.2 and so on.
struct NetworkNamespaces {
    let names: [String]

    /// Where the `ip` of iproute2 is; nil where it is not, or may not make namespaces.
    static let ip: String? = ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip"].first { path in
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        let name = "pa-probe-\(ProcessInfo.processInfo.processIdentifier)"
        process.arguments = ["netns", "add", name]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        guard FileManager.default.isExecutableFile(atPath: path), (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return false }
        let removal = Process()
        (removal.executableURL, removal.arguments) = (URL(fileURLWithPath: path), ["netns", "delete", name])
        return (try? removal.run()) != nil
    }

    static func address(of index: Int) -> String { "10.213.0.\(index + 1)" }

    /// Creates namespaces and lends them to `body`.
    static func with<Result>(count: Int, _ body: (NetworkNamespaces) async throws -> Result) async throws -> Result {
        let tag = String(UInt32.random(in: .min ... .max), radix: 36)
        let namespaces = NetworkNamespaces(names: (0..<count).map { "pa-\(tag)-\($0)" })
        do {
            try await namespaces.connect(tag)
            let result = try await body(namespaces)
            await namespaces.delete()
            return result
        } catch {
            await namespaces.delete()
            throw error
        }
    }

    /// The words of a command that runs a program in a namespace.
    func command(_ words: [String], in index: Int) -> [String] {
        ["netns", "exec", names[index]] + words
    }

    private func connect(_ tag: String) async throws {
        let first = names[0]
        for name in names {
            try await Self.run("netns add \(name)")
            try await Self.run("-n \(name) link set lo up")
        }
        try await Self.run("-n \(first) link add switch type bridge")
        try await Self.run("-n \(first) address add \(Self.address(of: 0))/24 dev switch")
        try await Self.run("-n \(first) link set switch up")
        for (index, name) in names.enumerated().dropFirst() {
            try await Self.run("-n \(first) link add port\(index) type veth peer name eth0 netns \(name)")
            try await Self.run("-n \(first) link set port\(index) master switch up")
            try await Self.run("-n \(name) address add \(Self.address(of: index))/24 dev eth0")
            try await Self.run("-n \(name) link set eth0 up")
        }
    }

    /// Deletes the namespaces, and with them their interfaces.
    private func delete() async {
        for name in names { try? await Self.run("netns delete \(name)") }
    }

    private static func run(_ words: String) async throws {
        let result = try await Subprocess.run(
            .path(FilePath(ip ?? "ip")),
            arguments: Arguments(words.split(separator: " ").map(String.init)),
            output: .discarded,
            error: .string(limit: 1 << 16)
        )
        guard result.terminationStatus.isSuccess else {
            throw ProgramFailure(program: "ip \(words)", output: result.standardError)
        }
    }
}

extension Trait where Self == ConditionTrait {
    static var networkNamespaces: Self {
        .enabled(if: NetworkNamespaces.ip != nil, "network namespaces cannot be made: that needs root and iproute2")
    }
}
