internal import Foundation

/// A part of what a scripted model streams.
public enum ModelPart: Sendable {
    /// Text, word by word.
    case text(String)
    /// An event with this object as its `delta`.
    case delta(String)
    /// The end, for this reason.
    case finish(String)
    /// Bytes of the stream as they are.
    case raw(String)
    /// Waits until a test lets it go on.
    case wait(Gate)
    /// Opens a gate.
    case open(Gate)
    /// Waits until the caller has left, and opens the gate.
    case untilLeft(Gate)
}

extension ScriptedReply {
    /// A model's whole text.
    public static func written(_ text: String) -> ScriptedReply {
        model([.text(text), .finish("stop")])
    }

    /// A model's stream, part by part; the connection then ends.
    public static func model(_ parts: [ModelPart]) -> ScriptedReply {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
        return ScriptedReply(steps: [.send(head)] + parts.flatMap(steps) + [.hangUp])
    }

    private static func steps(of part: ModelPart) -> [Step] {
        switch part {
        case .text(let text): pieces(of: text).map { .send(event("{\"content\":\(quoted($0))}", ending: nil)) }
        case .delta(let delta): [.send(event(delta, ending: nil))]
        case .finish(let reason): [.send(event("{}", ending: reason) + "data: [DONE]\n\n")]
        case .raw(let text): [.send(text)]
        case .wait(let gate): [.wait(gate)]
        case .open(let gate): [.run { gate.open() }]
        case .untilLeft(let gate): [.awaitLeave(gate)]
        }
    }

    /// The words, each with the blank before it, as models write them.
    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        for character in text {
            if character.isWhitespace || pieces.isEmpty { pieces.append("") }
            pieces[pieces.count - 1].append(character)
        }
        return pieces
    }

    private static func event(_ delta: String, ending reason: String?) -> String {
        let reason = reason.map { "\"\($0)\"" } ?? "null"
        return """
            data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":\(delta),"finish_reason":\(reason)}]}


            """
    }

    private static func quoted(_ text: String) -> String {
        String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
    }
}
