/// An upload that has begun and is not part of the corpus yet.
struct PendingUpload: Sendable, Hashable {
    var path: String
    var sha256: String
    /// The file's name upstream, unique to the upload, so that a file whose response was lost is found again.
    var name: String
    /// The ID of the uploaded file, once it is known.
    var fileID: String?
}

extension PendingUpload {
    init?(path: String, fields: [String: String]) {
        guard let sha256 = fields["sha256"] else { return nil }
        self.init(path: path, sha256: sha256, name: fields["name"] ?? "", fileID: fields["file_id"])
    }

    var fields: [String: String] {
        var fields = ["sha256": sha256, "name": name]
        fields["file_id"] = fileID
        return fields
    }

    /// Creates a unique name for a document upstream: its own, with twelve random digits before the extension.
    static func uniqueName(for path: String, token: String = RandomToken.make()) -> String {
        let (stem, type) = parts(of: path)
        return "\(stem).\(token.prefix(12)).\(type)"
    }

    /// What the names of all uploads of a document have in common.
    static func commonName(for path: String) -> String {
        let (stem, type) = parts(of: path)
        return "\(stem).\(type)"
    }

    /// What an upload's name has in common with those of the same document; nil for a name that is not an upload's.
    static func commonName(ofUpload name: String) -> String? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 3, let type = parts.last else { return nil }
        let token = parts[parts.count - 2]
        let isToken = token.count == 12 && token.allSatisfy { $0.isASCII && $0.isHexDigit && !$0.isUppercase }
        guard isToken else { return nil }
        return parts.dropLast(2).joined(separator: ".") + ".\(type)"
    }

    private static func parts(of path: String) -> (stem: String, type: Substring) {
        let filename = path.split(separator: "/").last ?? Substring(path)
        let parts = filename.split(separator: ".", omittingEmptySubsequences: false)
        let stem = parts.dropLast().joined(separator: ".").unicodeScalars.prefix(150)
        return (String(String.UnicodeScalarView(stem)), parts.last ?? "txt")
    }
}
