import Testing

@testable import LocalEngine

@Suite struct AttributeFilterTests {
    private static let attributes: [String: AttributeValue] = [
        "lang": .string("de"), "rev": .integer(3), "score": .number(2.5), "public": .bool(true),
        "day": .integer(1_795_219_200),
    ]

    @Test(
        arguments: [
            ("eq", "lang", "de", true), ("eq", "lang", "en", false), ("eq", "rev", 3, true), ("eq", "rev", 3.0, true),
            ("eq", "rev", "3", false), ("eq", "public", true, true), ("eq", "public", 1, false),
            ("ne", "lang", "en", true), ("ne", "lang", "de", false), ("ne", "rev", "3", true),
            ("gt", "rev", 2, true), ("gt", "rev", 3, false), ("gte", "rev", 3, true), ("gte", "score", 2.6, false),
            ("lt", "score", 3, true), ("lt", "rev", 3, false), ("lte", "rev", 3, true), ("lte", "day", 1, false),
            ("gt", "lang", "aa", true), ("lt", "lang", "aa", false), ("gt", "lang", 1, false),
            ("lte", "public", true, false),
            ("in", "lang", ["en", "de"], true), ("in", "lang", ["en"], false), ("in", "rev", [1, 3], true),
            ("nin", "lang", ["en"], true), ("nin", "lang", ["de"], false), ("in", "rev", [], false),
            // A file that lacks the key matches nothing.
            ("eq", "none", "x", false), ("ne", "none", "x", false), ("nin", "none", ["x"], false),
            ("lt", "none", 1, false),
        ] as [(String, String, JSONValue, Bool)]
    )
    func compares(type: String, key: String, value: JSONValue, matches: Bool) throws {
        let filter = try AttributeFilter(["type": .string(type), "key": .string(key), "value": value], at: "filters")
        #expect(filter.matches(Self.attributes) == matches)
    }

    @Test func combines() throws {
        let german: JSONValue = ["type": "eq", "key": "lang", "value": "de"]
        let old: JSONValue = ["type": "lt", "key": "rev", "value": 2]
        let both = try AttributeFilter(["type": "and", "filters": [german, old]], at: "filters")
        let either = try AttributeFilter(
            ["type": "or", "filters": [old, ["type": "and", "filters": [german]]]],
            at: "filters"
        )
        #expect(!both.matches(Self.attributes))
        #expect(either.matches(Self.attributes))
    }

    @Test(
        arguments: [
            (["key": "a", "value": 1], "filters.type"),
            (["type": "like", "key": "a", "value": 1], "filters.type"),
            (["type": "eq", "value": 1], "filters.key"),
            (["type": "eq", "key": "a"], "filters.value"),
            (["type": "eq", "key": "a", "value": [1]], "filters.value"),
            (["type": "eq", "property": "a", "value": 1], "filters.property"),
            (["type": "in", "key": "a", "value": 1], "filters.value"),
            (["type": "in", "key": "a", "value": [[:]]], "filters.value[0]"),
            (["type": "and"], "filters.filters"),
            (["type": "or", "filters": []], "filters.filters"),
            (["type": "or", "filters": [["type": "eq", "key": 1, "value": 1]]], "filters.filters[0].key"),
            ("eq", "filters"),
        ] as [(JSONValue, String)]
    )
    func namesTheParameterAtFault(filter: JSONValue, param: String) {
        #expect { try AttributeFilter(filter, at: "filters") } throws: { ($0 as? APIError)?.param == param }
    }

    @Test func refusesFiltersThatNestTooDeep() {
        var filter: JSONValue = ["type": "eq", "key": "a", "value": 1]
        for _ in 0..<16 { filter = ["type": "and", "filters": [filter]] }
        #expect(throws: APIError.self) { try AttributeFilter(filter, at: "filters") }
    }
}
