import TestSupport

/// Something that upstream does wrong, and what callers are to hear of it.
struct Fault: Sendable {
    /// What goes wrong.
    let name: String
    let play: ScriptedOpenAI.Play
    /// What is heard by a caller who waits for the whole answer, and by one who reads a stream.
    typealias Hearing = (whole: Heard, streamed: Heard)

    private let hearing: Hearing
    /// What is heard where answers are runs, which can be listened to all along and are fetched when they cannot.
    private let hearingOfRuns: Hearing

    /// The question that it happens to.
    var question: String { "What of “\(name)”?" }

    /// What a caller hears, and how often upstream was asked for it.
    struct Heard: Sendable, Equatable {
        /// The HTTP status; of a stream that ends with an error, 200.
        var status: Int
        /// The problem's code; nil for an answer.
        var code: String?
        var hasRetryAfter = false
        var calls = 1
        /// Whether a part of the answer was told before it failed.
        var isBroken = false

        static let answer = Heard(status: 200, code: nil)
        static let failed = Heard(status: 502, code: "upstream_failed")
        static let refused = Heard(status: 502, code: "upstream_refused")
        static let unavailable = Heard(status: 503, code: "upstream_unavailable", hasRetryAfter: true)
        static let timedOut = Heard(status: 504, code: "upstream_timeout")
        static let incomplete = Heard(status: 502, code: "answer_incomplete")

        /// The same, after so many calls.
        func after(_ calls: Int) -> Heard {
            var heard = self
            heard.calls = calls
            return heard
        }

        /// The same as the last event of a stream that had begun to tell.
        var broken: Heard { Heard(status: 200, code: code, calls: calls, isBroken: true) }
    }

    func whole(over api: UpstreamAPI) -> Heard { (api == .responses ? hearing : hearingOfRuns).whole }

    func streamed(over api: UpstreamAPI) -> Heard { (api == .responses ? hearing : hearingOfRuns).streamed }

    /// A fault that is met before an answer begins, the same in both forms.
    init(_ name: String, _ reply: ScriptedReply, _ heard: Heard) {
        self.init(name, .reply(reply), whole: heard, streamed: heard)
    }

    /// A fault of the answer itself, which a stream meets when it has told a part of it.
    init(_ name: String, _ ending: ScriptedResponse.Ending, _ heard: Heard, ofRuns: Heard? = nil) {
        self.init(
            name,
            .response { $0.ending = ending },
            whole: heard,
            streamed: heard.code == nil ? heard : heard.broken,
            ofRuns: ofRuns.map { ($0, $0.code == nil ? $0 : $0.broken) }
        )
    }

    /// A fault of the answer itself, before there is any text of it.
    init(untold name: String, _ ending: ScriptedResponse.Ending, whole: Heard? = nil, _ heard: Heard) {
        let play = ScriptedOpenAI.Play.response { response in
            response.pieces = []
            response.ending = ending
        }
        self.init(name, play, whole: whole ?? heard, streamed: heard, ofRuns: (heard, heard))
    }

    init(_ name: String, _ play: ScriptedOpenAI.Play, whole: Heard, streamed: Heard, ofRuns: Hearing? = nil) {
        self.name = name
        self.play = play
        hearing = (whole, streamed)
        hearingOfRuns = ofRuns ?? hearing
    }
}
