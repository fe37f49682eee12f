import Foundation
import JSON
import OpenAI
import Testing

@testable import PolicyAssistant

@Suite struct AnswerAssemblerTests {
    private let assembler = Self.assembler(over: "https://api.openai.com/v1")

    private static func assembler(over upstream: String) -> AnswerAssembler {
        AnswerAssembler(
            corpus: Corpus(
                revision: 4,
                vectorStoreID: "vs_1",
                upstreamProtocol: .responses,
                baseURL: upstream,
                instructionsSHA256: "",
                syncedAt: nil
            ),
            documents: CorpusDocuments([
                IndexedDocument(
                    path: "leave/annual-leave.md",
                    fileID: "file-1",
                    sha256: "",
                    bytes: 1,
                    modified: "",
                    uploadedAt: nil,
                    revision: 4
                )
            ]),
            model: "gpt-6-luna"
        )
    }

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
        return try Response(json: Array(json.utf8))
    }

    @Test func bringsTextSourcesAndUsage() throws {
        let answer = try assembler.answer(from: UpstreamAnswer(response()), to: "How many?", threadID: "conv_1")
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
            to: "How many?",
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

    @Test(
        arguments: [
            (#","metadata":{"confidence":"unsure"}"#, "27 days.", AnswerConfidence.unsure),
            (#","metadata":{"confidence":"none"}"#, "Not found.", .notFound),
            (#","metadata":{"confidence":"sure"}"#, "I am not sure why you ask: 27 days.", .sure),
            (#","metadata":{"confidence":"perhaps"}"#, "I am not sure that this answers it: 27 days.", .unsure),
            (#","metadata":{"confidence":7}"#, "27 days.", nil),
            ("", "**I’m not sure**, but: 27 days.", .unsure),
            ("", "Ich bin nicht sicher, ob das die Antwort ist: 27 Tage.", .unsure),
            ("", "Je ne suis pas sûr que ceci réponde à la question : 27 jours.", .unsure),
            ("", "No estoy seguro de que esto responda a la pregunta: 27 días.", .unsure),
            ("", "Non sono sicuro che questo risponda alla domanda: 27 giorni.", .unsure),
            ("", "Ik weet niet zeker of dit de vraag beantwoordt: 27 dagen.", .unsure),
            ("", "Não tenho a certeza de que isto responda à pergunta: 27 dias.", .unsure),
            ("", "27 days. I am not sure of the rest.", nil),
        ] as [(String, String, AnswerConfidence?)]
    )
    func tellsHowSureUpstreamIs(_ more: String, _ text: String, _ confidence: AnswerConfidence?) throws {
        let answer = try UpstreamAnswer(response(text: text, more: more))
        #expect(assembler.answer(from: answer, to: "How many?", threadID: "conv_1").confidence == confidence)
    }

    /// A conversation's messages have no metadata.
    @Test func theEmbeddedEnginesSourcesTellHowSureItIsInAHistory() {
        let source = FileCitation(fileID: "file-1", index: 3)
        let messages = [
            UpstreamMessage(id: "1", role: .user, text: "How many?"),
            UpstreamMessage(id: "2", role: .assistant, text: "27 days.\n\n", citations: [source]),
            UpstreamMessage(
                id: "3",
                role: .assistant,
                text: "I am not sure that this answers it:",
                citations: [source]
            ),
            UpstreamMessage(id: "4", role: .assistant, text: "Not found."),
        ]
        let read = Self.assembler(over: "embedded").messages(from: messages)
        #expect(read.map(\.confidence) == [nil, .sure, .unsure, .notFound])
        #expect(read[1].text == "27 days.")
        #expect(assembler.messages(from: messages).map(\.confidence) == [nil, nil, .unsure, nil])
    }

    /// Annotations in a paragraph of their own: each quotes the next best passage, by the question.
    @Test func quotesWhatIsCitedBesideTheTextByTheQuestion() {
        let text = "You receive 27 days.\n\n"
        let end = text.unicodeScalars.count
        let answer = UpstreamAnswer(
            id: "resp_1",
            text: text,
            citations: [19, end, end, end].map { FileCitation(fileID: "file-1", index: $0) },
            passages: [
                "You receive 27 days of leave.", "Part-time staff receive less.\nUnused days may be carried over.",
                "You receive a letter.",
            ].map { FileSearchResult(fileID: "file-1", text: $0) }
        )
        let read = assembler.answer(from: answer, to: "May unused days be carried over?", threadID: "conv_1")
        #expect(read.text == "You receive 27 days.")
        #expect(
            read.citations.map(\.quote) == [
                "You receive 27 days of leave.", "Unused days may be carried over.", "You receive a letter.",
            ]
        )
        let messages = assembler.messages(from: [
            UpstreamMessage(id: "1", role: .user, text: "May unused days be carried over?"),
            UpstreamMessage(
                id: "2",
                role: .assistant,
                text: text,
                citations: answer.citations,
                passages: answer.passages
            ),
        ])
        #expect(messages.last?.citations == read.citations)
    }

    @Test func anEmptyAnswerIsAnError() throws {
        let response = try response(text: "", files: [])
        #expect(throws: PolicyAssistantError.self) { try UpstreamAnswer(response) }
    }
}
