internal import Foundation
internal import MessageExports

/// A messenger's export on this machine: a folder or a file, whose form its content and name tell.
struct MessengerExport {
    /// The messages.
    let list: MessageList
    /// The chat's name.
    let chat: String

    /// Reads a chat.
    ///
    /// - Parameters:
    ///   - path: The path of the export.
    ///   - name: The name of the chat, of which an export may have several.
    /// - Returns: The messages and the chat's name.
    /// - Throws: `ExportError`.
    static func read(at path: String, chat name: String?) throws(ExportError) -> MessengerExport {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ExportError(.unreadable, "\(path) does not exist.")
        }
        if isFolder.boolValue { return try read(folder: path, chat: name) }
        let url = URL(filePath: path)
        let stem = url.deletingPathExtension().lastPathComponent
        switch url.pathExtension.lowercased() {
        case "txt":
            return MessengerExport(list: try WhatsAppReader.messages(in: ExportFile(path: path)), chat: name ?? stem)
        case "jsonl":
            return MessengerExport(list: try ConversationFile(ExportFile(path: path)).list, chat: name ?? stem)
        case "json":
            // The other files of the chat are beside it.
            guard !stem.hasPrefix("message_") else {
                return try read(folder: url.deletingLastPathComponent().path, chat: nil)
            }
            return MessengerExport(list: try MessengerReader.messages(in: [ExportFile(path: path)]), chat: name ?? stem)
        case "zip": throw ExportError(.malformed, "\(path) is packed; unpack it, and name the folder.")
        default:
            throw ExportError(
                .malformed,
                "\(path) is none of these: a folder or file of Messenger (.json), a chat of WhatsApp (.txt), JSON lines "
                    + "with sender_name and content (.jsonl)."
            )
        }
    }

    private static func read(folder: String, chat name: String?) throws(ExportError) -> MessengerExport {
        let paths = files(in: folder)
        let inbox = MessengerInbox(paths: paths)
        let texts = paths.filter { $0.hasSuffix(".txt") && !$0.contains("/") }
        if inbox.chats.isEmpty, texts.count == 1 {
            return try read(at: "\(folder)/\(texts[0])", chat: name)
        }
        let found = try inbox.chat(named: name)
        let usual = found.name.isEmpty ? URL(filePath: folder).standardizedFileURL.lastPathComponent : found.name
        let files = found.files.map { ExportFile(path: "\(folder)/\($0)", name: $0) }
        return MessengerExport(list: try MessengerReader.messages(in: files), chat: name ?? usual)
    }

    /// The paths of the files that may hold messages, relative to the folder.
    private static func files(in folder: String) -> [String] {
        guard let all = FileManager.default.enumerator(atPath: folder) else { return [] }
        return all.compactMap { $0 as? String }.filter { $0.hasSuffix(".json") || $0.hasSuffix(".txt") }
    }
}
