import Foundation
import JSON
import TestSupport
import Testing

@Suite struct JSONReaderTests {
    /// Texts of each kind that RFC 8259 allows, and their values.
    static let valid: [(String, JSONTree)] = [
        ("null", .null), ("true", .boolean(true)), ("false", .boolean(false)), (" [ ] ", .array([])),
        ("{}", .object([:])),
        ("0", .number(0)), ("-0", .number(0)), ("123", .number(123)), ("-1", .number(-1)), ("0.5", .number(0.5)),
        ("1e2", .number(100)), ("1E+2", .number(100)), ("1.5e-1", .number(0.15)), ("1e-400", .number(0)),
        ("12345678901234567890", .number(1.2345678901234567e19)),
        (#""""#, .text("")), (#""a""#, .text("a")), (#""\"\\\/\b\f\n\r\t""#, .text("\"\\/\u{8}\u{C}\n\r\t")),
        (#""\u0041\u00e9\u00E9""#, .text("Aéé")), (#""\ud83d\ude00""#, .text("😀")), (#""😀é""#, .text("😀é")),
        (#""\u0000""#, .text("\0")), ("\"\u{7F}\u{2028}\"", .text("\u{7F}\u{2028}")),
        ("\"seven b\\n eight by\"", .text("seven b\n eight by")),
        (
            #"[1,"a",[true],{"b":null}]"#,
            .array([.number(1), .text("a"), .array([.boolean(true)]), .object(["b": .null])])
        ),
        (#"{"a":1,"b":{"c":[2]}}"#, .object(["a": .number(1), "b": .object(["c": .array([.number(2)])])])),
        (#"{"\u0061":1}"#, .object(["a": .number(1)])), (#"{"":0}"#, .object(["": .number(0)])),
        ("\t\r\n [\n1 , 2\r]\t", .array([.number(1), .number(2)])), ("\u{FEFF}1", .number(1)),
    ]

    @Test(arguments: valid)
    func readsWhatIsJSON(_ text: String, _ tree: JSONTree) throws {
        #expect(try JSONTree(json: Array(text.utf8)) == tree)
    }

    /// Texts of each kind that RFC 8259 does not allow.
    static let invalid = [
        "", " ", "nul", "nulll", "True", "tru", "fals", "undefined", "NaN", "Infinity", "-", "+1", "01", "-01", "1.",
        ".5", "1.e1",
        "1e", "1e+", "0x1", "1 2", "--1", "1_000", "１", "'a'", #"""#, #""a"#, #""\""#, #""\x""#, #""\u12""#,
        #""\u12g4""#,
        #""\ud800""#, #""\udc00""#, #""\ud800\u0041""#, #""\ud800x""#, "\"\n\"", "\"\u{1}\"", "\"12345678\u{1F}\"", "[",
        "]",
        "[1", "[1,", "[,1]", "[1,]", "[1 2]", "[1:2]", "{", "}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a" 1}"#,
        "{a:1}",
        "{1:1}", #"{"a":1 "b":2}"#, #"{,"a":1}"#, "[]x", "{}}", "[1]]", "/* */1", "1//", "\u{FEFF}",
        "\u{FEFF}\u{FEFF}1",
        "\u{A0}1", "[\u{B}]",
    ]

    @Test(arguments: invalid)
    func refusesWhatIsNotJSON(_ text: String) {
        #expect(throws: JSONError.self) { try JSONTree(json: Array(text.utf8)) }
    }

    @Test(
        arguments: [
            [0xFF], [0x80], [0xC3], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0x61, 0xF0, 0x9F, 0x98],
        ] as [[UInt8]]
    )
    func refusesInvalidUTF8(_ bytes: [UInt8]) {
        #expect(throws: JSONError.malformed(at: 0)) { try JSONTree(json: [0x22] + bytes + [0x22]) }
    }

    @Test(arguments: ["[", #"{"a":"#])
    func boundsTheDepth(_ opening: String) throws {
        let closing = opening == "[" ? "]" : "}"
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)).utf8)
        }
        var json = JSONReader(nested(JSONReader.maximumDepth))
        try json.skip()
        try json.finish()
        json = JSONReader(nested(JSONReader.maximumDepth + 1))
        #expect(throws: JSONError.self) { try json.skip() }
    }

    @Test func readsIntegers() throws {
        func integer(_ text: String) throws -> Int {
            var json = JSONReader(Array(text.utf8))
            return try json.readInteger()
        }
        #expect(try integer("0") == 0)
        #expect(try integer("-17") == -17)
        #expect(try integer("12.0") == 12)
        #expect(try integer("1.2e1") == 12)
        #expect(try integer("9223372036854775807") == .max)
        #expect(try integer("-9223372036854775808") == .min)
        for text in ["9223372036854775808", "1.5", "1e99", #""1""#, "null", "[1]"] {
            #expect(throws: JSONError.mismatched(at: 0), "\(text)") { try integer(text) }
        }
    }

    @Test func tellsAnotherTypeFromWhatIsNoJSON() {
        var json = JSONReader(Array(" 12".utf8))
        #expect(throws: JSONError.mismatched(at: 1)) { try json.readText() }
        json = JSONReader(Array(" x".utf8))
        #expect(throws: JSONError.malformed(at: 1)) { try json.readText() }
        json = JSONReader(Array(" ".utf8))
        #expect(throws: JSONError.malformed(at: 1)) { try json.readInteger() }
    }

    @Test func remembersPlaces() throws {
        var json = JSONReader(Array(#"{"a":[1,{"b":"]"}],"c":"x"}"#.utf8))
        var (later, text) = (nil as JSONReader?, nil as String?)
        try json.readObject { name, json throws(JSONError) in
            switch name {
            case "a": later = try json.skipped()
            case "c": text = try json.readTextOrSkip()
            default: try json.skip()
            }
        }
        try json.finish()
        #expect(text == "x")
        let raw = try later?.readJSON()
        #expect(raw.map { String(decoding: $0, as: UTF8.self) } == #"[1,{"b":"]"}]"#)
    }

    /// Documents that are changed at random: whatever is read, Foundation reads the same.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func agreesWithFoundation(_ seed: UInt64) throws {
        var random = SeededGenerator(seed)
        var accepted = 0
        for _ in 0..<2_000 {
            let bytes = Self.mutated(Self.document(&random, depth: 0), &random)
            let ours = try? JSONTree(json: bytes)
            let theirs = try? JSONDecoder().decode(JSONTree.self, from: Data(bytes))
            let text = Comment(rawValue: String(decoding: bytes, as: UTF8.self))
            if let ours {
                accepted += 1
                #expect(ours == theirs, text)
            } else if theirs != nil {
                // Foundation takes a comma before a closing bracket, and UTF-16.
                let hasExtraComma = text.rawValue.contains(#/,\s*[\]}]/#)
                #expect(hasExtraComma || bytes.contains(0), text)
            }
        }
        #expect(accepted > 200)
    }

    private static func document(_ random: inout SeededGenerator, depth: Int) -> String {
        switch Int.random(in: 0..<(depth < 4 ? 9 : 7), using: &random) {
        case 0: return "null"
        case 1: return Bool.random(using: &random) ? "true" : "false"
        case 2: return "\(Int.random(in: -1000...1000, using: &random))"
        case 3: return "\(Double.random(in: -1e6...1e6, using: &random))"
        case 4, 5, 6:
            let pieces = [
                "word", "é", "😀", #"\n"#, #"\""#, #"\\"#, #"\u00e9"#, #"\ud83d\ude00"#, " ", "]", "}", ",", ":",
            ]
            let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in pieces.randomElement(using: &random) ?? ""
            }
            return "\"\(text.joined())\""
        case 7:
            let elements = (0..<Int.random(in: 0...4, using: &random)).map { _ in document(&random, depth: depth + 1) }
            return "[\(elements.joined(separator: ", "))]"
        default:
            let fields = (0..<Int.random(in: 0...4, using: &random)).map { number in
                "\"f\(number)\": \(document(&random, depth: depth + 1))"
            }
            return "{\(fields.joined(separator: ","))}"
        }
    }

    private static func mutated(_ text: String, _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 0...2, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0...2, using: &random) {
            case 0: bytes.remove(at: place)
            case 1: bytes[place] = UInt8.random(in: 1...255, using: &random)
            default: bytes.insert(Array(#""\{}[],:0-.eEun "#.utf8).randomElement(using: &random) ?? 0, at: place)
            }
        }
        return bytes
    }
}
