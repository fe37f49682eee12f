import Foundation
import TestSupport
import Testing
import Voice

/// Many callers who ask aloud at once: each is answered whole, with what is their own, by no more programs than are allowed.
@Suite struct SpokenCrowdTests {
    private static let callers = 20
    private static let shortest = 16_000
    private static let step = 800

    /// A recording by whose length a caller is known.
    private static func recording(of caller: Int) -> [UInt8] {
        let samples = (0..<(shortest + caller * step)).map { Int16(9000 * sin(Double($0) * 0.17)) }
        return Recording(samples: samples).wav
    }

    private static func question(of caller: Int) -> String { "What may caller number \(caller) have?" }

    private static func sentences(for question: String) -> [String] {
        let caller = question.filter(\.isNumber)
        return ["Caller number \(caller) may have as many days.", "That is all for number \(caller)."]
    }

    @Test func twentyCallersAreAnsweredAtOnce() async throws {
        let voice = Voice.hearing(
            by: ScriptedRecognizer { recording in
                let caller = (recording.samples.count - Self.shortest) / Self.step
                return Transcript(text: Self.question(of: caller), language: "en")
            }
        )
        let most = try await withScriptedInstallation { call in
            .response { $0.pieces = Self.sentences(for: call.question).map { "\($0) " } }
        } _: { installation, upstream, _ in
            let most = try await installation.servingHere(voice: voice) { api in
                try await Self.askAll(api, voice)
            }
            #expect(upstream.questions.sorted() == (0..<Self.callers).map(Self.question).sorted())
            return most
        }
        let allowed = max(4, 2 * ProcessInfo.processInfo.activeProcessorCount)
        #expect((1...allowed).contains(most))
        // Nothing of what spoke is left.
        try await eventually { try Self.programs().isEmpty }
    }

    /// Lets all callers ask at once, and returns how many programs ran at the same time at most.
    private static func askAll(_ api: API, _ voice: Voice) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { watching in
            watching.addTask {
                var most = 0
                while !Task.isCancelled {
                    most = max(most, try programs().count)
                    await Task.yield()
                }
                return most
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<callers {
                    group.addTask { try await ask(as: caller, api, voice) }
                }
                try await group.waitForAll()
            }
            watching.cancelAll()
            return try await watching.next() ?? 0
        }
    }

    /// Asks, and demands the caller's own question, answer and sound.
    private static func ask(as caller: Int, _ api: API, _ voice: Voice) async throws {
        let name = "caller\(caller)"
        let (question, sentences) = (question(of: caller), sentences(for: question(of: caller)))
        let events = try await api.askingAloud(recording(of: caller), as: name, query: "&audio=wav") { stream in
            #expect(stream.status == 200)
            return try await stream.events()
        }
        let heard = try JSONDecoder().decode(HeardText.self, from: try #require(events.first?.data))
        #expect(heard.text == question)
        #expect(events.last?.name == "done")
        let answer = try JSONDecoder.snakeCase.decode(ChatAnswer.self, from: try #require(events.last?.data))
        #expect(sentences.allSatisfy(answer.answer.contains))
        let spoken = try SpokenSentence.list(in: events)
        #expect(spoken.prefix(2).map(\.text) == sentences)
        for (sentence, text) in zip(spoken, sentences) {
            let speech = try await voice.speech(of: text, in: .english, as: .wav)
            #expect(sentence.audio == Data(voice.file(of: speech, as: .wav)))
        }
    }

    /// The programs of sound that this process has started, each the leader of a session, by their names.
    private static func programs() throws -> [String] {
        let own = ProcessInfo.processInfo.processIdentifier
        return try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { entry in
            guard let process = Int(entry),
                let line = try? String(contentsOfFile: "/proc/\(entry)/stat", encoding: .utf8)
            else { return nil }
            // After the name in parentheses: the state, the parent, the group and the session.
            let halves = line.split(separator: ") ", maxSplits: 1)
            let name = halves.first?.split(separator: "(", maxSplits: 1).last.map(String.init) ?? ""
            let fields = halves.last?.split(separator: " ").prefix(4).map(String.init) ?? []
            guard ["espeak-ng", "ffmpeg"].contains(name), fields.count == 4 else { return nil }
            return fields[1] == "\(own)" && fields[3] == "\(process)" ? name : nil
        }
    }
}
