import Foundation
import HTTPClient
import HTTPTypes
import Synchronization
import TestSupport
import Testing

/// What needs a process of its own, since other tests need memory too.
@Suite(.timeLimit(.minutes(1)))
struct MemoryTests {
    @Test
    func streamsAHundredMegabytesInLittleMemory() async {
        await #expect(processExitsWith: .success) {
            try await withTemporaryFolder { folder in
                let file = "\(folder)/body"
                let size = 100 * 1024 * 1024
                #expect(FileManager.default.createFile(atPath: file, contents: nil))
                #expect(truncate(file, size) == 0)
                let part = MultipartPart(name: "file", content: .file(path: file, filename: "large.bin"))
                let before = try peakMemory()
                #expect(try await upload(.file(path: file)) == size)
                #expect(try await upload(.multipart([part])) > size)
                let growth = try peakMemory() - before
                // Client, server and lazily loaded libraries take some; a body held in memory would take a hundred.
                #expect(growth < 30 * 1024 * 1024, "\(growth) bytes")
            }
        }
    }
}

/// Sends a body and returns how many bytes of it the server received.
private func upload(_ body: HTTPClientRequest.Body) async throws -> Int {
    let count = Mutex(0)
    try await withScriptedServer { connection in
        guard let head = try await connection.head() else { return }
        while count.withLock({ $0 }) < head.contentLength {
            guard let bytes = try await connection.receive() else { return }
            count.withLock { $0 += bytes.count }
        }
        try await connection.answer("201 Created")
    } _: { server in
        try await withClient { client in
            let answer = try await client.text(server.request(.post, body: body))
            #expect(answer.status == 201)
        }
    }
    return count.withLock { $0 }
}

/// The most memory that the process has had at a time, in bytes.
private func peakMemory() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(Int(line.filter(\.isNumber))) * 1024
}
