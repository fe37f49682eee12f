import GRDB
import Testing

@testable import LocalEngine

@Suite struct ObjectTableTests {
    private func withAssistant(_ body: JSONValue, _ check: (_ db: Database) throws -> Void) throws {
        let queue = try DatabaseQueue()
        try EngineSchema.migrator.migrate(queue)
        try queue.write { db throws in
            try ObjectTable.assistants.insert(StoredObject(id: "asst_1", body: body.stored()), in: db)
            try check(db)
        }
    }

    @Test func setsFieldsAndLeavesTheOthersUnchanged() throws {
        let tools: JSONValue = [["type": "file_search", "größe": 1.5, "text": "\"\\\n\u{0}日本"]]
        try withAssistant(["name": "a", "tools": tools, "details": ["type": "x", "calls": []], "top_p": 1.0]) {
            db throws in
            let fields: JSONFields = [
                "name": .null, "temperature": try JSONText(encoding: 0.25), "details.calls": .array([JSONText("{}")]),
            ]
            let changed = try ObjectTable.assistants.set(fields, of: "asst_1", in: db)
            let expected: JSONValue = [
                "name": nil, "tools": tools, "details": ["type": "x", "calls": [[:]]], "top_p": 1,
                "temperature": 0.25,
            ]
            #expect(try JSONValue(changed.body) == expected)
            let stored = try ObjectTable.assistants.object("asst_1", in: db)
            #expect(stored == changed)
        }
    }

    @Test func changesNothingWithoutFields() throws {
        try withAssistant(["name": "a"]) { db throws in
            let unchanged = try ObjectTable.assistants.set([:], of: "asst_1", in: db)
            #expect(try JSONValue(unchanged.body) == ["name": "a"])
        }
    }

    @Test func refusesToChangeWhatDoesNotExist() throws {
        try withAssistant([:]) { db throws in
            #expect(throws: StorageError.notFound(.assistant, id: "asst_2")) {
                try ObjectTable.assistants.set(["name": .null], of: "asst_2", in: db)
            }
        }
    }

    @Test func readsTheStoresOfAnObject() throws {
        let resources = try JSONValue(StoreSelection.toolResources("vs_1"))
        try withAssistant(["tool_resources": resources]) { db throws in
            let storeIDs = try ObjectTable.assistants.storeIDs(of: "asst_1", in: db)
            #expect(storeIDs == ["vs_1"])
        }
        try withAssistant(["tool_resources": [:]]) { db throws in
            let storeIDs = try ObjectTable.assistants.storeIDs(of: "asst_1", in: db)
            #expect(storeIDs.isEmpty)
        }
    }
}

@Suite struct RunEndingTests {
    private static let usage = Run.Usage(promptTokens: 3, completionTokens: 4)
    private static let usageFields: JSONValue = ["prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7]

    @Test(
        arguments: [
            (
                .completed(usage),
                ["status": "completed", "completed_at": 9, "usage": usageFields, "expires_at": nil]
            ),
            (
                .incomplete(usage),
                [
                    "status": "incomplete", "completed_at": 9, "usage": usageFields, "expires_at": nil,
                    "incomplete_details": ["reason": "max_completion_tokens"],
                ]
            ),
            (
                .failed(.interrupted),
                [
                    "status": "failed", "failed_at": 9, "expires_at": nil,
                    "last_error": ["code": "server_error", "message": "The run was interrupted."],
                ]
            ),
            (
                .failed(Run.Failure(.tooManyRuns)),
                [
                    "status": "failed", "failed_at": 9, "expires_at": nil,
                    "last_error": ["code": "rate_limit_exceeded", "message": "Too many runs are waiting."],
                ]
            ),
            (.cancelled, ["status": "cancelled", "cancelled_at": 9, "expires_at": nil]),
            (.expired, ["status": "expired", "expires_at": nil]),
        ] as [(Run.Ending, JSONValue)]
    )
    func changesTheFieldsOfARun(ending: Run.Ending, fields: JSONValue) throws {
        #expect(try JSONValue(.object(ending.runFields(at: 9))) == fields)
        #expect(!ending.status.isActive)
    }

    @Test(
        arguments: [
            (.completed(usage), [:]),
            (.incomplete(usage), [:]),
            (
                .failed(Run.Failure(.tooManyRuns)),
                [
                    "status": "failed", "failed_at": 9,
                    "last_error": ["code": "server_error", "message": "Too many runs are waiting."],
                ]
            ),
            (.cancelled, ["status": "cancelled", "cancelled_at": 9]),
            (.expired, ["status": "expired", "expired_at": 9]),
        ] as [(Run.Ending, JSONValue)]
    )
    func changesTheFieldsOfAnOpenStep(ending: Run.Ending, fields: JSONValue) throws {
        #expect(try JSONValue(.object(ending.stepFields(at: 9))) == fields)
    }
}
