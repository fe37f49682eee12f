import Foundation
import JSON
import PolicyAssistant
import Testing

@testable import PolicyServer

/// What is read and written without `Codable` is what `Codable` reads and writes.
@Suite struct ChatBodiesTests {
    /// An answer with every field.
    private static let full = ChatResponse(
        answer: "27 days",
        citations: [.example, .example],
        turnID: "turn",
        threadID: "thread",
        responseID: "response",
        userID: "ana",
        revision: 3,
        usage: .example,
        confidence: "unsure",
        writtenBy: "a model",
        writingFailure: "timeout",
        role: "chef",
        isCut: true,
        imitation: ImitationMark(of: "Ben")
    )

    @Test func writesAnAnswerAsItIsDescribed() throws {
        #expect(ChatResponse.example.json == (try JSONText.of(ChatResponse.example)))
        #expect(DeltaBody.example.json == (try JSONText.of(DeltaBody.example)))
        #expect(Self.full.json == (try JSONText.of(Self.full)))
        let delta = DeltaBody(text: "\u{1}\"\n é/", confidence: "unsure")
        #expect(delta.json == (try JSONText.of(delta)))
        let citation = ChatResponse.CitationBody.example
        #expect(citation.json == (try JSONText.of(citation)))
    }

    @Test(arguments: [
        #"{"message":"Why?"}"#,
        #"{"user_id":"ana","message":"Wh\u0079?","stream":true,"on_disconnect":"cancel","role":"chef","params":null}"#,
        #"{"user_id":null,"message":"","stream":null,"on_disconnect":null,"role":null,"other":[{"a":1.5}]}"#,
    ])
    func readsAQuestionAsCodableDoes(_ text: String) throws {
        let read = try ChatRequest(json: Array(text.utf8))
        let decoded = try JSONDecoder().decode(ChatRequest.self, from: Data(text.utf8))
        #expect(try JSONText.of(read) == JSONText.of(decoded))
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"message":null}"#, #"{"message":7}"#, #"{"message":"a","stream":1}"#,
        #"{"message":"a","on_disconnect":"x"}"#,
        #"{"message":"a","user_id":[]}"#, #"{"message":"a","params":{"model":"m"}}"#, #"{"message":"a"} x"#,
        #"{"message":"a"#,
    ])
    func leavesToCodableWhatIsNotAPlainQuestion(_ text: String) {
        #expect(throws: JSONError.self) { try ChatRequest(json: Array(text.utf8)) }
    }
}
