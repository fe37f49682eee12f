import Testing

@testable import OpenAI

@Suite struct ResponseDecodingTests {
    @Test func readsAResponse() throws {
        let response = try decode(Response.self, WireSample.response)
        #expect(response.id == "resp_1")
        #expect(response.status == .completed)
        #expect(response.failure == nil)
        #expect(response.incompleteReason == nil)
        #expect(response.outputText == "Returns are accepted for 30 days.")
        #expect(response.fileCitations == [FileCitation(fileID: "file-a1", index: 32, filename: "faq.md")])
        #expect(response.searchResults.map(\.text) == ["Returns are accepted for 30 days."])
        #expect(response.refusal == nil)
    }

    @Test func readsTheUsage() throws {
        let usage = try #require(try decode(Response.self, WireSample.response).usage)
        #expect(usage.inputTokens == 1_160)
        #expect(usage.outputTokens == 42)
        #expect(usage.totalTokens == 1_202)
    }

    @Test func readsACancelledResponse() throws {
        let response = try decode(Response.self, WireSample.response(status: "cancelled"))
        #expect(response.status == .cancelled)
        #expect(response.outputText == "")
    }

    @Test func readsWhyAResponseFailed() throws {
        let json = #"{"id": "r", "status": "failed", "error": {"code": "vector_store_timeout", "message": "m"}}"#
        let response = try decode(Response.self, json)
        #expect(response.failure?.code == .timedOut)
        #expect(response.failure?.apiCode == "vector_store_timeout")
        #expect(response.failure?.upstreamMessage == "m")
    }

    @Test func readsAFailedResponseWithoutAnError() throws {
        #expect(try decode(Response.self, #"{"id": "r", "status": "failed"}"#).failure?.code == .serverError)
    }

    @Test func readsWhyAResponseIsIncomplete() throws {
        let json = #"{"id": "r", "status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}}"#
        let response = try decode(Response.self, json)
        #expect(response.status == .incomplete)
        #expect(response.incompleteReason == "max_output_tokens")
    }

    @Test(arguments: [("null", "yes"), (#""final_answer""#, "yes"), (#""commentary""#, ""), (#""musing""#, "")])
    func takesOnlyFinalMessagesForTheAnswer(_ phase: String, _ text: String) throws {
        let message = WireSample.message(#"{"type": "output_text", "text": "yes"}"#, phase: phase)
        #expect(try decode(Response.self, WireSample.response(output: [message])).outputText == text)
    }

    @Test func concatenatesTheTextsOfAllPartsAndMessages() throws {
        let output = [
            #"{"type": "reasoning", "id": "rs_1", "summary": []}"#,
            WireSample.message(#"{"type": "output_text", "text": "a"}"#, #"{"type": "output_text", "text": "b"}"#),
            WireSample.message(#"{"type": "output_text", "text": "hidden"}"#, phase: #""commentary""#),
            WireSample.message(#"{"type": "output_text", "text": "c"}"#),
        ]
        #expect(try decode(Response.self, WireSample.response(output: output)).outputText == "abc")
    }

    @Test func countsPositionsOfLaterPartsFromTheAnswersStart() throws {
        func part(_ text: String, _ index: Int) -> String {
            """
            {"type": "output_text", "text": "\(text)",
             "annotations": [{"type": "file_citation", "file_id": "f", "index": \(index)}]}
            """
        }
        // The family is one character, seven Unicode scalars, and 25 bytes.
        let message = WireSample.message(part("👨‍👩‍👧‍👦", 7), part("b", 1))
        let response = try decode(Response.self, WireSample.response(output: [message]))
        #expect(response.fileCitations.map(\.index) == [7, 8])
    }

    @Test func citesAFileOncePerPosition() throws {
        let citation = #"{"type": "file_citation", "file_id": "f", "filename": "n", "index": 1}"#
        let other = #"{"type": "file_citation", "file_id": "f", "filename": "n", "index": 2}"#
        let part = #"{"type": "output_text", "text": "abc", "annotations": [\#(citation), \#(citation), \#(other)]}"#
        let response = try decode(Response.self, WireSample.response(output: [WireSample.message(part)]))
        #expect(response.fileCitations.map(\.index) == [1, 2])
    }

    @Test func showsARefusal() throws {
        let message = WireSample.message(#"{"type": "refusal", "refusal": "I cannot help with that."}"#)
        let response = try decode(Response.self, WireSample.response(output: [message]))
        #expect(response.refusal == "I cannot help with that.")
        #expect(response.outputText == "")
    }

    @Test func keepsUnknownItems() throws {
        let items = [
            #"{"type": "web_search_call", "id": "ws_1", "action": {"type": "search"}}"#, #"{"type": "novelty"}"#,
            #"{"id": 7}"#, WireSample.answer,
        ]
        let response = try decode(Response.self, WireSample.response(output: items))
        #expect(response.output.count == 4)
        #expect(
            response.output.prefix(3) == [
                .other(type: "web_search_call", id: "ws_1"), .other(type: "novelty", id: nil),
                .other(type: "", id: nil),
            ]
        )
        #expect(response.outputText == "Returns are accepted for 30 days.")
    }

    @Test func keepsUnknownPartsAndAnnotations() throws {
        let annotations = [
            #"{"type": "url_citation", "url": "https://example.com", "start_index": 0, "end_index": 1}"#,
            #"{"type": "file_path", "file_id": "f", "index": 0}"#, #"{"type": "file_citation"}"#, #"{}"#,
        ]
        let parts = [
            #"{"type": "output_audio", "transcript": "x"}"#, #"{}"#,
            #"{"type": "output_text", "text": "a", "annotations": [\#(annotations.joined(separator: ","))]}"#,
        ]
        let json = #"{"type": "message", "role": "assistant", "content": [\#(parts.joined(separator: ","))]}"#
        let expected: [Annotation] = ["url_citation", "file_path", "file_citation", ""].map { .other(type: $0) }
        guard case .message(let message) = try decode(OutputItem.self, json),
            case .outputText(let output) = message.content.last
        else {
            Issue.record("no message with a text at its end")
            return
        }
        #expect(message.content.dropLast() == [.other(type: "output_audio"), .other(type: "")])
        #expect(output.annotations == expected)
    }

    @Test func readsTheItemsOfAConversation() throws {
        let page = try decode(Page<ConversationItem>.self, WireSample.items)
        #expect(page.data.map(\.id) == ["msg_2", "fs_1", "msg_1"])
        #expect(page.lastID == "msg_1")
        guard case .message(let question) = page.data[2], case .fileSearchCall(let search) = page.data[1] else {
            Issue.record("\(page.data)")
            return
        }
        #expect(question.role == .user)
        #expect(question.text == "Return window?")
        #expect(!question.isFinalAnswer)
        #expect(search.results?.first?.fileID == "file-a1")
    }

    @Test func distinguishesResultsNotRequestedFromNone() throws {
        let search = #"{"id": "fs_1", "type": "file_search_call", "queries": [], "results": "#
        for (json, results) in [("null}", nil), ("[]}", [])] as [(String, [FileSearchResult]?)] {
            guard case .fileSearchCall(let call) = try decode(OutputItem.self, search + json) else {
                Issue.record("no search call")
                return
            }
            #expect(call.results == results)
        }
    }
}
