import Foundation
import JSON
import Testing

@testable import OpenAI

/// Changes that the API does not consider breaking, for every object.
@Suite struct LiberalDecodingTests {
    /// An object, and its required fields.
    struct Subject: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let json: String
        let required: Set<String>
        let decode: @Sendable (Data) throws -> Void

        init<Value: Decodable & Sendable>(_ type: Value.Type, _ json: String, required: Set<String>) {
            testDescription = "\(type)"
            self.json = json
            self.required = required
            decode = { _ = try WireJSON.decode(Value.self, from: $0) }
        }

        init<Value: JSONReadable & Sendable>(_ type: Value.Type, _ json: String, required: Set<String>) {
            testDescription = "\(type)"
            self.json = json
            self.required = required
            decode = { _ = try WireJSON.decode(Value.self, from: $0) }
        }
    }

    static let subjects = [
        Subject(OpenAIFile.self, WireSample.file, required: ["id"]),
        Subject(VectorStore.self, WireSample.vectorStore, required: ["id"]),
        Subject(VectorStoreFile.self, WireSample.vectorStoreFile, required: ["id", "status"]),
        Subject(VectorStoreFile.self, WireSample.failedVectorStoreFile, required: ["id", "status"]),
        Subject(FileBatch.self, WireSample.fileBatch, required: ["id", "status"]),
        Subject(Page<FileSearchResult>.self, WireSample.searchPage, required: ["data"]),
        Subject(Conversation.self, WireSample.conversation, required: ["id"]),
        Subject(Page<ConversationItem>.self, WireSample.items, required: ["data"]),
        Subject(Model.self, WireSample.model, required: ["id"]),
        Subject(Response.self, WireSample.response, required: ["id", "status"]),
        Subject(OutputItem.self, WireSample.answer, required: ["role"]),
        Subject(OutputItem.self, WireSample.fileSearchCall, required: []),
        Subject(ResponseEvent.self, WireSample.flatError, required: []),
        Subject(ResponseEvent.self, WireSample.nestedError, required: []),
    ]

    @Test func aMessageMayHaveItsTextInsteadOfParts() throws {
        let json = #"{"id": "msg_1", "type": "message", "role": "user", "content": "Good morning.", "status": null}"#
        guard case .message(let message) = try WireJSON.decode(OutputItem.self, from: json.utf8) else {
            Issue.record("not a message")
            return
        }
        #expect(message.text == "Good morning.")
    }

    @Test(arguments: subjects)
    func takesNullForAnyFieldThatIsNotNeeded(_ subject: Subject) throws {
        for key in try object(subject).keys where !subject.required.contains(key) {
            var mutated = try object(subject)
            mutated[key] = NSNull()
            #expect(throws: Never.self, "\(key)") {
                try subject.decode(JSONSerialization.data(withJSONObject: mutated))
            }
        }
    }

    @Test(arguments: subjects)
    func takesTheAbsenceOfAnyFieldThatIsNotNeeded(_ subject: Subject) throws {
        for key in try object(subject).keys where !subject.required.contains(key) {
            var mutated = try object(subject)
            mutated[key] = nil
            #expect(throws: Never.self, "\(key)") {
                try subject.decode(JSONSerialization.data(withJSONObject: mutated))
            }
        }
    }

    @Test(arguments: subjects)
    func takesNewFieldsAtAnyDepth(_ subject: Subject) throws {
        let mutated = enriched(try object(subject))
        #expect(throws: Never.self) { try subject.decode(JSONSerialization.data(withJSONObject: mutated)) }
    }

    @Test(arguments: subjects)
    func refusesAnObjectThatMeansNothing(_ subject: Subject) throws {
        for key in subject.required {
            var mutated = try object(subject)
            mutated[key] = nil
            #expect(throws: (any Error).self, "\(key)") {
                try subject.decode(JSONSerialization.data(withJSONObject: mutated))
            }
        }
    }

    private func object(_ subject: Subject) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(subject.json.utf8)) as? [String: Any])
    }

    /// The same value, with a new field in every object whose fields the API defines.
    private func enriched(_ value: Any, isMap: Bool = false) -> Any {
        switch value {
        case let object as [String: Any]:
            var enrichedObject = [String: Any]()
            for (key, value) in object {
                enrichedObject[key] = enriched(value, isMap: ["metadata", "attributes"].contains(key))
            }
            if !isMap { enrichedObject["x_novelty"] = ["a": [1, true, NSNull()]] }
            return enrichedObject
        case let array as [Any]:
            return array.map { enriched($0) }
        default:
            return value
        }
    }
}
