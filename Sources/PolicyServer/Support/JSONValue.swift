internal import NIOCore

/// JSON whose objects keep the order of their fields.
enum JSONValue: Sendable {
    /// An encoded value.
    case encoded([UInt8])
    case array([JSONValue])
    case object(JSONObject)

    /// Encodes a constant of the program.
    static func of(_ value: some Encodable) -> JSONValue { .encoded(JSONText.ofConstant(value)) }

    /// The JSON text, with each field and element on a line of its own.
    var text: [UInt8] {
        var buffer = ByteBuffer()
        write(to: &buffer, indentation: "\n")
        return Array(buffer.readableBytesView)
    }

    private func write(to buffer: inout ByteBuffer, indentation: String) {
        let inner = indentation + "  "
        switch self {
        case .encoded(let bytes):
            buffer.writeBytes(bytes)
        case .array(let elements):
            Self.write(elements, between: "[", indentation, "]", to: &buffer) { element, buffer in
                element.write(to: &buffer, indentation: inner)
            }
        case .object(let object):
            Self.write(object.fields, between: "{", indentation, "}", to: &buffer) { field, buffer in
                buffer.writeBytes(JSONText.ofConstant(field.name))
                buffer.writeString(": ")
                field.value.write(to: &buffer, indentation: inner)
            }
        }
    }

    private static func write<Part>(
        _ parts: [Part],
        between opening: String,
        _ indentation: String,
        _ closing: String,
        to buffer: inout ByteBuffer,
        _ writePart: (Part, inout ByteBuffer) -> Void
    ) {
        buffer.writeString(opening)
        for (number, part) in parts.enumerated() {
            buffer.writeString((number == 0 ? "" : ",") + indentation + "  ")
            writePart(part, &buffer)
        }
        buffer.writeString((parts.isEmpty ? "" : indentation) + closing)
    }
}

/// A JSON object with ordered fields.
struct JSONObject: Sendable {
    private(set) var fields: [(name: String, value: JSONValue)] = []

    /// A field's value; setting it to nil removes the field.
    subscript(name: String) -> JSONValue? {
        get { fields.first { $0.name == name }?.value }
        set {
            let place = fields.firstIndex { $0.name == name }
            switch (place, newValue) {
            case (let place?, let value?): fields[place].value = value
            case (let place?, nil): fields.remove(at: place)
            case (nil, let value?): fields.append((name, value))
            case (nil, nil): break
            }
        }
    }
}

extension JSONValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    init(stringLiteral value: String) { self = .of(value) }
    init(integerLiteral value: Int) { self = .of(value) }
    init(booleanLiteral value: Bool) { self = .of(value) }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        for (name, value) in elements { object[name] = value }
        self = .object(object)
    }
}
