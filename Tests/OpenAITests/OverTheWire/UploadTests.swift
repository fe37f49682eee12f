import Foundation
import OpenAI
import TestSupport
import Testing

@Suite struct UploadTests {
    @Test func sendsThePurposeBeforeTheFile() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/source"
            try Data("# Fees\n".utf8).write(to: URL(filePath: path))
            try await withAPI(.body(WireSample.file)) { api in
                let file = try await api.client.files.upload(path: path, filename: "Gebühren 😀.md")
                #expect(file.id == "file-a1")
                let request = try #require(api.requests.first)
                #expect(request.line == "POST /v1/files HTTP/1.1")
                #expect(request["content-type"]?.hasPrefix("multipart/form-data; boundary=") == true)
                let purpose = try #require(request.text.firstRange(of: #"name="purpose""#))
                let upload = try #require(request.text.firstRange(of: #"name="file"; filename="Gebühren 😀.md""#))
                #expect(purpose.upperBound < upload.lowerBound)
                #expect(request.text.contains("\r\n\r\nassistants\r\n"))
                #expect(request.text.contains("\r\n\r\n# Fees\n\r\n--"))
            }
        }
    }

    @Test func sendsTheWholeFileAgainInASecondAttempt() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/source"
            try Data("text".utf8).write(to: URL(filePath: path))
            try await withAPI(.error(500), .body(WireSample.file)) { api in
                _ = try await api.client.files.upload(path: path, filename: "a.txt")
                #expect(api.requests.count == 2)
                #expect(api.requests.allSatisfy { $0.text.contains("\r\n\r\ntext\r\n") })
            }
        }
    }

    /// The caller owns the descriptor, and the path refers to another file by the second attempt.
    @Test func sendsTheFileOfADescriptor() async throws {
        try await withTemporaryFolder { folder in
            let path = URL(filePath: "\(folder)/source")
            try Data("text".utf8).write(to: path)
            let handle = try FileHandle(forReadingFrom: path)
            try Data("another".utf8).write(to: path, options: .atomic)
            try await withAPI(.error(500), .body(WireSample.file)) { api in
                let descriptor = handle.fileDescriptor
                _ = try await api.client.files.upload(descriptor: descriptor, filename: "a.txt")
                #expect(api.requests.count == 2)
                #expect(api.requests.allSatisfy { $0.text.contains("\r\n\r\ntext\r\n") })
            }
            #expect(try handle.readToEnd() == Data("text".utf8))
            try handle.close()
        }
    }

    @Test func reportsAFileThatCannotBeRead() async throws {
        try await withAPI { api in
            let error = try await openAIError {
                _ = try await api.client.files.upload(path: "/nonexistent/file", filename: "a.txt")
            }
            #expect(error?.code == .fileUnreadable)
            #expect(api.requests.isEmpty)
            #expect(api.clock.waits.isEmpty)
        }
    }
}
