import Foundation
import OpenAI
import Testing

@testable import PolicyAssistant

@Suite struct RunTranscriptTests {
    /// Takes deltas of one message, given as their texts and the marks in them.
    private func events(
        of pieces: [(text: String, mark: String?)],
        in transcript: inout RunTranscript,
        message: String = "msg_1"
    ) throws -> [UpstreamEvent] {
        var raw = ""
        return try pieces.flatMap { piece in
            var annotations = "[]"
            if let mark = piece.mark {
                let start =
                    raw.unicodeScalars.count
                    + (piece.text.firstRange(of: mark).map { range in
                        piece.text[..<range.lowerBound].unicodeScalars.count
                    } ?? 0)
                annotations = """
                    [{"type": "file_citation", "text": "\(mark)", "start_index": \(start), \
                    "end_index": \(start + mark.unicodeScalars.count), "file_citation": {"file_id": "file-1"}}]
                    """
            }
            raw += piece.text
            let delta = """
                {"id": "\(message)", "delta": {"content": [{"index": 0, "type": "text", \
                "text": {"value": "\(piece.text)", "annotations": \(annotations)}}]}}
                """
            return transcript.take(try JSONDecoder().decode(MessageDelta.self, from: Data(delta.utf8)))
        }
    }

    private func text(_ events: [UpstreamEvent]) -> String {
        events.map { if case .text(let text) = $0 { text } else { "" } }.joined()
    }

    @Test func marksAreNeverToldWhereverThePiecesEnd() throws {
        let marked = "Überall 27 Tage【4:0†leave.md】, and 5 more【4:1†b】."
        for length in 1...marked.count {
            var transcript = RunTranscript()
            let pieces = stride(from: 0, to: marked.count, by: length).map { start in
                (String(marked.dropFirst(start).prefix(length)), String?.none)
            }
            let events = try events(of: pieces, in: &transcript)
            #expect(events.allSatisfy { !text([$0]).contains("【") && !text([$0]).contains("†") })
            #expect(text(events) == "Überall 27 Tage, and 5 more.")
        }
    }

    @Test func marksOfPrivateUseCharactersAreNotTold() throws {
        var transcript = RunTranscript()
        let mark = "\u{E200}filecite\u{E202}turn0file0\u{E201}"
        let events = try events(of: [("27 days", nil), (mark, mark), (" a year", nil)], in: &transcript)
        #expect(text(events) == "27 days a year")
        #expect(events.contains(.citation(FileCitation(fileID: "file-1", index: 7))))
    }

    @Test func citationsCountTheTextThatWasYielded() throws {
        var transcript = RunTranscript()
        let events = try events(
            of: [("One", nil), ("【4:0†a】", "【4:0†a】"), (" and two", nil), ("【4:1†b】", "【4:1†b】"), (".", nil)],
            in: &transcript
        )
        let citations = events.compactMap { if case .citation(let citation) = $0 { citation } else { nil } }
        #expect(citations == [FileCitation(fileID: "file-1", index: 3), FileCitation(fileID: "file-1", index: 11)])
    }

    @Test func messagesOfOneRunAreToldApart() throws {
        var transcript = RunTranscript()
        let first = try events(of: [("Let me see.", nil)], in: &transcript)
        let second = try events(of: [("27 days", nil), ("【1†a】", "【1†a】")], in: &transcript, message: "msg_2")
        #expect(text(first + second) == "Let me see.\n\n27 days")
        #expect(second.last == .citation(FileCitation(fileID: "file-1", index: 20)))
    }

    @Test func whatWasNotHeardIsToldAtTheEnd() throws {
        var transcript = RunTranscript()
        _ = try events(of: [("27 ", nil)], in: &transcript)
        let source = FileCitation(fileID: "file-1", index: 7)
        let answer = UpstreamAnswer(id: "run_1", text: "27 days.", citations: [source], passages: [])
        #expect(transcript.complete(with: answer) == [.text("days."), .citation(source)])
        #expect(transcript.complete(with: answer).isEmpty)
    }
}
