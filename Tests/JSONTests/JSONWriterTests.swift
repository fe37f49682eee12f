import Foundation
import JSON
import Testing

@Suite struct JSONWriterTests {
    @Test func writesObjectsAndArrays() {
        var json = JSONWriter()
        json.writeObject { json in
            json.writeField("text", "a/é😀")
            json.writeField("absent", nil as String?)
            json.writeField("number", -12)
            json.writeField("boolean", true)
            json.writeName("list")
            json.writeArray([[1, 2], []]) { numbers, json in json.writeArray(numbers) { $1.write($0) } }
            json.writeName("raw")
            json.write(json: Array("{}".utf8))
            json.writeName("empty")
            json.writeObject { _ in }
        }
        let text = String(decoding: json.bytes, as: UTF8.self)
        #expect(
            text == #"{"text":"a/é😀","number":-12,"boolean":true,"list":[[1,2],[]],"raw":{},"empty":{}}"#
        )
    }

    @Test func writesEveryASCIICharacterAsFoundationDoes() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        for value in 0..<128 as Range<UInt8> {
            let text = "a\(Unicode.Scalar(value))b"
            var json = JSONWriter()
            json.write(text)
            #expect(json.bytes == Array(try encoder.encode(text)))
        }
    }
}
