import OpenAI
import Testing

@testable import LocalEngine

@Suite struct WritingPromptTests {
    private static func task(
        passages: Int = 10,
        bytes: Int = 600,
        exchanges: Int = 10,
        instructions: String? = "Be brief.",
        question: String = "How many days?"
    ) -> WritingTask {
        WritingTask(
            question: question,
            exchanges: (0..<exchanges).map {
                .init(question: "Question \($0)?", answer: String(repeating: "Antwort ü ", count: 20))
            },
            instructions: instructions,
            language: .english,
            sources: (0..<passages).map { place in
                WritingSource(
                    id: Int64(place),
                    fileID: "file-\(place)",
                    title: "Title \(place)",
                    headings: ["Heading"],
                    text: String(repeating: "ä", count: bytes / 2),
                    revision: "\(place)"
                )
            }
        )
    }

    private static func bytes(_ prompt: WritingPrompt) -> Int {
        prompt.messages.reduce(0) { $0 + $1.content.utf8.count + 16 }
    }

    @Test(arguments: [2_048, 4_096, 8_192, 32_768, 131_072])
    func fitsInTheContextWithTheAnswer(context: Int) throws {
        let prompt = try WritingPrompt(Self.task(), contextTokens: context)
        #expect(Self.bytes(prompt) + prompt.maximumTokens <= context)
        #expect(!prompt.sources.isEmpty)
        #expect(prompt.messages.first?.role == .system && prompt.messages.last?.role == .user)
    }

    @Test func leavesOutTheOldestHistoryAndTheLastPassagesFirst() throws {
        let task = Self.task()
        let small = try WritingPrompt(task, contextTokens: 8_192)
        let history = small.messages.dropFirst().dropLast()
        #expect(history.count.isMultiple(of: 2) && history.count < 20 && !history.isEmpty)
        #expect(history.suffix(2).first?.content == "Question 9?")
        let omitted = 10 - history.count / 2
        let questions = (0..<omitted).map { "“Question \($0)?” " }.joined()
        let summary = "\nThe beginning of the conversation is left out. The user asked: \(questions)\n"
        #expect(small.messages.last?.content.contains(summary) == true)
        #expect(small.sources == Array(task.sources.prefix(small.sources.count)))
        #expect(small.sources.count < 10)
        let large = try WritingPrompt(task, contextTokens: 65_536)
        #expect(large.sources == task.sources && large.messages.count == 22)
        #expect(large.messages.last?.content.contains("left out") == false)
        #expect(
            large.messages.last?.content.contains("<passage number=\"10\">\nTitle 9 > Heading, revision 9\n") == true
        )
    }

    @Test func ofLongQuestionsThatAreLeftOutTheNewestAreSummarized() throws {
        let exchanges = (0..<40).map { number in
            Answerer.Exchange(
                question: "Question \(number)\n\nQuestion: " + String(repeating: "z", count: 4_000),
                answer: "Answer"
            )
        }
        let task = Self.task(exchanges: 0)
        let prompt = try WritingPrompt(
            WritingTask(
                question: task.question,
                exchanges: exchanges,
                instructions: nil,
                language: .english,
                sources: task.sources
            ),
            contextTokens: 8_192
        )
        #expect(Self.bytes(prompt) + prompt.maximumTokens <= 8_192)
        let request = try #require(prompt.messages.last?.content)
        #expect(request.contains("Question 39 Question: zzz") && !request.contains("“Question 0 "))
        #expect(request.hasSuffix("\nQuestion: How many days?"))
        #expect(request.ranges(of: "\nQuestion: ").count == 1)
    }

    @Test func longInstructionsAndALongQuestionStillLeaveRoom() throws {
        let task = Self.task(
            instructions: String(repeating: "x", count: 50_000),
            question: String(repeating: "y", count: 50_000)
        )
        let prompt = try WritingPrompt(task, contextTokens: 8_192, maximumTokens: 50)
        #expect(Self.bytes(prompt) <= 8_192 && prompt.maximumTokens == 50)
        #expect(throws: WritingFailure.context) { try WritingPrompt(task, contextTokens: 2_048) }
        #expect(throws: WritingFailure.context) { try WritingPrompt(Self.task(passages: 0), contextTokens: 8_192) }
    }
}
