internal import Foundation
internal import GRDB

/// A JSON document as it is stored.
///
/// The storage does not decode it: what it has to read or change in one, it leaves to SQLite's JSON functions.
struct JSONText: Sendable, Hashable {
    /// The document.
    let text: String

    /// Wraps JSON text.
    init(_ text: String) {
        self.text = text
    }

    /// Encodes a value.
    init(encoding value: some Encodable) throws {
        self.init(String(decoding: try Self.encode(value), as: UTF8.self))
    }

    /// Encodes a value as JSON text in UTF-8.
    static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return try encoder.encode(value)
    }

    /// Decodes the document.
    func decoded<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    static let null = JSONText("null")

    /// An object of these fields; the keys need no escaping.
    static func object(_ fields: JSONFields) -> JSONText {
        JSONText("{" + fields.map { "\"\($0)\":\($1.text)" }.joined(separator: ",") + "}")
    }

    /// An array of these elements.
    static func array(_ elements: [JSONText]) -> JSONText {
        JSONText("[" + elements.map(\.text).joined(separator: ",") + "]")
    }
}

/// Fields of a JSON object by their keys, which are letters and underscores, and with dots paths into nested objects.
typealias JSONFields = [String: JSONText]

extension JSONText: DatabaseValueConvertible {
    var databaseValue: DatabaseValue { text.databaseValue }

    static func fromDatabaseValue(_ value: DatabaseValue) -> JSONText? {
        String.fromDatabaseValue(value).map { JSONText($0) }
    }
}
