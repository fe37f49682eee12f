import Foundation
import TestSupport
import Testing

@testable import LocalEngine

@Suite struct OfficeSocketsTests {
    @Test func removesOnlySocketsThatNobodyListensTo() async throws {
        try await withTemporaryFolder { folder in
            let names = ["dead", "listening"].map { "OSL_PIPE_\(geteuid())_SingleOfficeIPC_\($0)" } + ["other"]
            let descriptors = try names.map { try bound("\(folder)/\($0)") }
            #expect(listen(descriptors[1], 1) == 0)
            close(descriptors[0])
            close(descriptors[2])
            try Data().write(to: URL(filePath: "\(folder)/OSL_PIPE_\(geteuid())_SingleOfficeIPC_file"))
            OfficeSockets.sweep(in: folder)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            #expect(left == ["OSL_PIPE_\(geteuid())_SingleOfficeIPC_file", names[1], "other"])
            close(descriptors[1])
        }
    }

    private func bound(_ path: String) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        #if canImport(Darwin)
            let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
        #else
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(result == 0)
        return descriptor
    }
}
