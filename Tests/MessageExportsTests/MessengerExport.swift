import MessageExports

/// The files of a Messenger export, written as Messenger writes them.
enum MessengerExport {
    /// Returns a text as JSON, with each byte of its UTF-8 as a character of its own.
    static func misencoded(_ text: String) -> String {
        let bytes = text.utf8.map { byte in
            byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "\n")
                ? String(UnicodeScalar(byte)) : "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
        }
        return "\"\(bytes.joined())\""
    }

    /// Returns the object of a message.
    static func message(_ sender: String, _ time: Int, _ text: String?, _ more: String = "") -> String {
        let content = text.map { ", \"content\": \(misencoded($0))" } ?? ""
        return "{\"sender_name\": \(misencoded(sender)), \"timestamp_ms\": \(time)\(content)\(more)}"
    }

    /// Returns a file of messages, which are to be newest first.
    static func file(_ messages: [String], named name: String = "message_1.json") -> ExportFile {
        let json = """
            {
              "participants": [{"name": "Ana"}, {"name": "Ben"}],
              "messages": [
                \(messages.joined(separator: ",\n    "))
              ],
              "title": "Ana", "is_still_participant": true, "thread_path": "inbox/ana_1a2b", "magic_words": []
            }
            """
        return ExportFile(name: name, bytes: Array(json.utf8))
    }
}
