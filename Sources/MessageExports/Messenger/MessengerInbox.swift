/// The chats of a Messenger export: folders with files `message_1.json`, `message_2.json` and so on.
public struct MessengerInbox: Sendable {
    /// A chat of the export.
    public struct Chat: Sendable, Hashable {
        /// The chat's folder, relative to the export: `inbox/ana_1a2b3c`.
        public let folder: String
        /// The paths of its files, relative to the export, by their numbers.
        public let files: [String]

        /// The folder's own name.
        public var name: String { folder.split(separator: "/").last.map(String.init) ?? folder }
    }

    /// The chats, in the order of their folders.
    public let chats: [Chat]

    /// Finds the chats of an export.
    ///
    /// - Parameter paths: The paths of the export's files, relative to the export.
    public init(paths: some Sequence<String>) {
        var files: [String: [(number: Int, path: String)]] = [:]
        for path in paths {
            let parts = path.split(separator: "/")
            guard let name = parts.last, let number = Self.number(of: name) else { continue }
            files[parts.dropLast().joined(separator: "/"), default: []].append((number, path))
        }
        chats = files.map { folder, files in
            Chat(folder: folder, files: files.sorted { ($0.number, $0.path) < ($1.number, $1.path) }.map(\.path))
        }.sorted { $0.folder < $1.folder }
    }

    /// Returns the chat whose folder has a name, or part of it.
    ///
    /// Messenger names a folder after the chat: in lower case, without spaces and marks, with a code at the end. So
    /// `Ana Lima` finds `inbox/analima_1a2b3c`.
    ///
    /// - Parameter name: The name of the chat, or of its folder; nil if the export has one chat.
    /// - Returns: The chat.
    /// - Throws: ``ExportError`` with the code `chatNotFound`, or `chatAmbiguous` with the folders that have the name.
    public func chat(named name: String?) throws(ExportError) -> Chat {
        guard !chats.isEmpty else {
            throw ExportError(
                .chatNotFound,
                "The export has no chat: no folder in it has a file message_1.json. Request the export as JSON."
            )
        }
        guard let name else {
            guard chats.count == 1 else {
                throw ExportError(
                    .chatAmbiguous,
                    "The export has \(chats.count) chats; say which: \(Self.list(chats))."
                )
            }
            return chats[0]
        }
        let exact = chats.filter { $0.folder == name || $0.name == name }
        let found = exact.isEmpty ? chats.filter { Self.has($0, name) } : exact
        guard let chat = found.first else {
            throw ExportError(.chatNotFound, "No chat of the export has the name “\(name)”: \(Self.list(chats)).")
        }
        guard found.count == 1 else {
            throw ExportError(
                .chatAmbiguous,
                "\(found.count) chats have the name “\(name)”: \(Self.list(found)). Use the name of the folder."
            )
        }
        return chat
    }

    private static func has(_ chat: Chat, _ name: String) -> Bool {
        if chat.folder.lowercased().contains(name.lowercased()) { return true }
        let compact = compact(name)
        return !compact.isEmpty && Self.compact(chat.name).contains(compact)
    }

    /// The letters and digits of a name, in lower case.
    private static func compact(_ name: String) -> String {
        String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    private static func list(_ chats: [Chat]) -> String {
        let shown = chats.prefix(8).map(\.folder).joined(separator: ", ")
        return chats.count > 8 ? "\(shown) and \(chats.count - 8) more" : shown
    }

    /// The number of a file of messages; nil for any other file.
    private static func number(of name: Substring) -> Int? {
        guard name.hasPrefix("message_"), name.hasSuffix(".json") else { return nil }
        let digits = name.dropFirst("message_".count).dropLast(".json".count)
        return digits.allSatisfy { $0.isASCII && $0.isNumber } ? Int(digits) : nil
    }
}
