import Foundation
import OpenAI
import Testing

@testable import PolicyAssistant

@Suite struct AnswerAssemblerTests {
    private let assembler = AnswerAssembler(
        corpus: Corpus(
            revision: 4,
            vectorStoreID: "vs_1",
            upstreamProtocol: "responses",
            baseURL: "embedded",
            instructionsSHA256: "",
            syncedAt: ""
        ),
        documents: CorpusDocuments([
            TrackedFile(
                path: "leave/annual-leave.md",
                fileID: "file-1",
                sha256: "",
                bytes: 1,
                modified: "",
                uploadedAt: "",
                revision: 4
            )
        ])
    )

    private func response(
        status: String = "completed",
        text: String = "You receive 27 days of paid annual leave【4:0†a】.",
        files: [String] = ["file-1"],
        more: String = ""
    ) throws -> Response {
        let annotations = files.map { #"{"type":"file_citation","file_id":"\#($0)","filename":"a.md","index":40}"# }
        let json = """
            {"id":"resp_1","object":"response","created_at":1,"status":"\(status)","model":"m","output":[
              {"id":"fs_1","type":"file_search_call","status":"completed","queries":["q"],"results":[
                {"file_id":"file-1","filename":"a.md","score":0.9,"attributes":{},
                 "text":"Full-time employees receive 27 days of paid annual leave."}]},
              {"id":"msg_1","type":"message","status":"completed","role":"assistant","content":[
                {"type":"output_text","text":"\(text)","annotations":[\(annotations.joined(separator: ","))]}]}],
             "usage":{"input_tokens":10,"output_tokens":5,"total_tokens":15}\(more)}
            """
        return try JSONDecoder().decode(Response.self, from: Data(json.utf8))
    }

    @Test func bringsTextSourcesAndUsage() throws {
        let answer = try assembler.answer(from: UpstreamAnswer(response()), threadID: "conv_1")
        #expect(answer.text == "You receive 27 days of paid annual leave.")
        let quote = "Full-time employees receive 27 days of paid annual leave."
        #expect(
            answer.citations == [Citation(fileID: "file-1", filename: "leave/annual-leave.md", quote: quote)]
        )
        #expect(answer.usage == TokenUsage(input: 10, output: 5, total: 15))
        #expect(answer.revision == 4)
        #expect(answer.threadID == "conv_1")
    }

    @Test func dropsSourcesThatAreNotInForceAndRepetitions() throws {
        let answer = try assembler.answer(
            from: UpstreamAnswer(response(files: ["file-old", "file-1", "file-1"])),
            threadID: "c"
        )
        #expect(answer.citations.map(\.fileID) == ["file-1"])
    }

    @Test(arguments: [
        (
            "incomplete", #","incomplete_details":{"reason":"max_output_tokens"}"#,
            PolicyAssistantError.Code.answerIncomplete
        ),
        ("failed", #","error":{"code":"server_error","message":"internal detail"}"#, .upstreamFailed),
        ("failed", #","error":{"code":"rate_limit_exceeded","message":"internal detail"}"#, .upstreamUnavailable),
        ("cancelled", "", .upstreamFailed),
    ])
    func neverShowsAHalfAnswer(_ status: String, _ more: String, _ code: PolicyAssistantError.Code) async throws {
        let response = try response(status: status, more: more)
        await #expect {
            try await translatingUpstreamErrors { try UpstreamAnswer(response) }
        } throws: { error in
            let error = error as? PolicyAssistantError
            return error?.code == code && error?.message.contains("internal detail") == false
        }
    }

    @Test func anEmptyAnswerIsAnError() throws {
        let response = try response(text: "", files: [])
        #expect(throws: PolicyAssistantError.self) { try UpstreamAnswer(response) }
    }
}
