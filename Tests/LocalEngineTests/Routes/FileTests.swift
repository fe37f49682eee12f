import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import LocalEngine

@Suite struct FileTests {
    @Test func livesFromUploadToDeletion() async throws {
        try await withTemporaryFolder { folder in
            try await withEngine(in: folder) { engine in
                let file = try await engine.upload("travel \u{2014} \"EU\" \\ \u{65E5}\u{672C}.txt", Policies.travel)
                #expect(file.status == 200)
                #expect(file["filename"] == "travel \u{2014} \"EU\" \\ \u{65E5}\u{672C}.txt")
                #expect(file["bytes"] == .integer(Policies.travel.utf8.count))
                #expect(file["status"] == "processed")
                #expect(try await engine.get("files/\(file.id)").json == file.json)
                #expect(try await engine.get("files/\(file.id)/content").text == Policies.travel)

                let bytes = "\(folder)/engine-files/\(file.id)"
                #expect(FileManager.default.fileExists(atPath: bytes))
                let deleted = try await engine.delete("files/\(file.id)")
                #expect(deleted.json == ["id": .string(file.id), "object": "file", "deleted": true])
                #expect(!FileManager.default.fileExists(atPath: bytes))
                for reply in [try await engine.get("files/\(file.id)"), try await engine.delete("files/\(file.id)")] {
                    #expect(reply.status == 404)
                    #expect(reply.message == "No such File object: \(file.id)")
                    #expect(reply.param == "id")
                }
            }
        }
    }

    @Test func keepsALargeUploadByteForByte() async throws {
        try await withTemporaryFolder { folder in
            let bytes = (0..<1_500_001).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let path = "\(folder)/large.txt"
            try Data(bytes).write(to: URL(filePath: path))
            try await withEngine(in: folder) { engine in
                let parts = [
                    MultipartPart(name: "file", content: .file(path: path, filename: "large.txt")),
                    MultipartPart(name: "purpose", content: .text("user_data")),
                ]
                let file = try await engine.send(.post, "files", [.authorization: "Bearer k"], .multipart(parts))
                #expect(file["bytes"] == .integer(bytes.count))
                #expect(try await engine.get("files/\(file.id)/content").bytes == bytes)
            }
        }
    }

    @Test func listsByPageOrderAndPurpose() async throws {
        try await withEngine { engine in
            var ids: [String] = []
            for number in 0..<5 { ids.append(try await engine.upload("\(number).md", "x").id) }
            let other = try await engine.upload("b.jsonl", "{}", fields: ["purpose": "batch"]).id

            #expect(try await engine.get("files").ids == [other] + ids.reversed())
            #expect(try await engine.get("files?purpose=assistants&order=asc").ids == ids)
            #expect(try await engine.get("files?purpose=vision").json["first_id"] == JSONValue.null)

            var seen: [String] = []
            var query = "files?limit=2"
            while true {
                let page = try await engine.get(query)
                seen += page.ids
                #expect(page["first_id"]?.string == page.ids.first)
                #expect(page["last_id"]?.string == page.ids.last)
                guard page["has_more"] == true else { break }
                query = "files?limit=2&after=\(page.ids.last ?? "")"
            }
            #expect(seen == [other] + ids.reversed())
        }
    }

    @Test func refusesUploadsThatAreNone() async throws {
        try await withEngine { engine in
            let cases: [(fields: [String: String], name: String, text: String, param: String)] = [
                ([:], "a.md", "x", "purpose"),
                (["purpose": "fun"], "a.md", "x", "purpose"),
                (["purpose": "assistants", "color": "red"], "a.md", "x", "color"),
                (["purpose": "assistants"], "a.md", "", "file"),
                (
                    ["purpose": "assistants", "expires_after[anchor]": "created_at", "expires_after[seconds]": "60"],
                    "a.md", "x", "expires_after[seconds]"
                ),
                (
                    ["purpose": "assistants", "expires_after[anchor]": "now", "expires_after[seconds]": "3600"], "a.md",
                    "x", "expires_after[anchor]"
                ),
                (["purpose": String(repeating: "x", count: 5000)], "a.md", "x", "purpose"),
            ]
            for (fields, name, text, param) in cases {
                let reply = try await engine.upload(name, text, fields: fields)
                #expect(reply.status == 400)
                #expect(reply.param == param)
            }
            let bodies: [(type: String, body: String, message: String)] = [
                ("application/json", "{}", "Content-Type"),
                ("multipart/form-data", "--b--", "Content-Type"),
                ("multipart/form-data; boundary=b", "--b\r\nX: y", "ends before"),
                (
                    "multipart/form-data; boundary=b",
                    "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nassistants\r\n--b--", "'file'"
                ),
                (
                    "multipart/form-data; boundary=\"b\"",
                    "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--b--", "file name"
                ),
            ]
            for (type, body, message) in bodies {
                let reply = try await engine.send(
                    .post,
                    "files",
                    [.authorization: "Bearer k", .contentType: type],
                    .bytes(Array(body.utf8))
                )
                #expect(reply.status == 400)
                #expect(reply.message?.contains(message) == true)
            }
            #expect(try await engine.get("files").list.isEmpty)
        }
    }

    @Test func leavesNothingOfARefusedUpload() async throws {
        try await withTemporaryFolder { folder in
            try await withEngine(in: folder) { engine in
                _ = try await engine.upload("a.md", "x", fields: ["purpose": "fun"])
                #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/engine-files").isEmpty)
            }
        }
    }

    @Test func deletesExpiredFiles() async throws {
        let time = TestTime()
        try await withEngine(EngineTestHooks(clock: time.clock, housekeepingInterval: .milliseconds(1))) { engine in
            let fields = [
                "purpose": "assistants", "expires_after[anchor]": "created_at", "expires_after[seconds]": "3600",
            ]
            let file = try await engine.upload("a.md", "x", fields: fields)
            #expect(file["expires_at"] == .integer(time.now + 3600))
            time.advance(3600)
            try await engine.poll("files/\(file.id)") { $0.status == 404 }
        }
    }

    @Test func sweepsWhatAKilledProcessLeft() async throws {
        try await withTemporaryFolder { folder in
            let files = "\(folder)/engine-files"
            let kept = try await withEngine(in: folder) { engine in try await engine.upload("a.md", "x").id }
            for (name, age) in [("file-orphan", 0.0), ("upload-old.part", 4000), ("upload-new.part", 0)] {
                let path = "\(files)/\(name)"
                #expect(FileManager.default.createFile(atPath: path, contents: Data("x".utf8)))
                let date = Date(timeIntervalSinceNow: -age)
                try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
            }
            try await withEngine(in: folder) { engine in
                let content = try await engine.get("files/\(kept)/content")
                #expect(content.text == "x")
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: files)
            #expect(Set(left) == [kept, "upload-new.part"])
        }
    }
}
