import Foundation
import JSON
import OpenAI
import Testing

@testable import PolicyAssistant

@Suite struct ResponseTranscriptTests {
    private let mark = "\u{E200}filecite\u{E202}turn0file0\u{E201}"

    private func event(_ json: String) throws -> ResponseEvent {
        try ResponseEvent(json: Array(json.utf8))
    }

    private func delta(_ text: String, part: Int = 0) throws -> ResponseEvent {
        let quoted = String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
        return try event(
            #"{"type": "response.output_text.delta", "output_index": 0, "content_index": \#(part), "delta": \#(quoted)}"#
        )
    }

    private func citation(at index: Int, part: Int = 0) throws -> ResponseEvent {
        try event(
            """
            {"type": "response.output_text.annotation.added", "output_index": 0, "content_index": \(part), \
            "annotation": {"type": "file_citation", "file_id": "file-1", "filename": "a.md", "index": \(index)}}
            """
        )
    }

    private func text(_ events: [UpstreamEvent]) -> String {
        events.map { if case .text(let text) = $0 { text } else { "" } }.joined()
    }

    @Test func marksAreNeverToldWhereverThePiecesEnd() throws {
        let marked = Array("Überall 27 Tage\(mark), and 5 more【4:1†b】.".unicodeScalars)
        for length in 1...marked.count {
            var transcript = ResponseTranscript()
            var events: [UpstreamEvent] = []
            for start in stride(from: 0, to: marked.count, by: length) {
                let piece = String(String.UnicodeScalarView(marked[start..<min(start + length, marked.count)]))
                events += transcript.take(try delta(piece))
            }
            events += transcript.finish()
            #expect(text(events) == "Überall 27 Tage, and 5 more.")
        }
    }

    @Test func citationsCountTheTextThatIsTold() throws {
        var transcript = ResponseTranscript()
        _ = transcript.take(try delta("27 days\(mark)"))
        let first = transcript.take(try citation(at: 7))
        _ = transcript.take(try delta(" a year\(mark)"))
        let second = transcript.take(try citation(at: 7 + mark.unicodeScalars.count + 7))
        #expect(first == [.citation(FileCitation(fileID: "file-1", index: 7, filename: "a.md"))])
        #expect(second == [.citation(FileCitation(fileID: "file-1", index: 14, filename: "a.md"))])
    }

    @Test func aPartBeginsWhereTheOneBeforeHasEnded() throws {
        var transcript = ResponseTranscript()
        var events = transcript.take(try delta("One【not a mark"))
        events += transcript.take(try delta("two", part: 1))
        let source = transcript.take(try citation(at: 1, part: 1))
        #expect(text(events + transcript.finish()) == "One【not a marktwo")
        #expect(source == [.citation(FileCitation(fileID: "file-1", index: 15, filename: "a.md"))])
    }

    @Test func aWholeResponseHoldsNoMarks() throws {
        let text = "27 days\(mark) a year【1†a】."
        let quoted = String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
        let json = """
            {"id": "resp_1", "status": "completed", "output": [{"id": "msg_1", "type": "message", "role": "assistant", \
            "content": [{"type": "output_text", "text": \(quoted), "annotations": [{"type": "file_citation", \
            "file_id": "file-1", "index": \(7 + mark.unicodeScalars.count + 7)}]}]}]}
            """
        let answer = try UpstreamAnswer(Response(json: Array(json.utf8)))
        #expect(answer.text == "27 days a year.")
        #expect(answer.citations == [FileCitation(fileID: "file-1", index: 14)])
    }
}
