/// An Office document as a package of parts with relationships.
struct OfficePackage {
    /// The archive that holds the parts.
    let archive: ZipArchive

    /// A relationship from one part to another.
    struct Relationship: Sendable, Hashable {
        let id: String
        /// The last word of the type's name, such as `styles`.
        let kind: String
        /// The name of the target member.
        let target: String
    }

    /// The name of the main part; nil if the package has none.
    ///
    /// - Throws: `ExtractionError` if the archive cannot be read.
    func mainPart() throws(ExtractionError) -> String? {
        try relationships(of: "").first { $0.kind == "officeDocument" }?.target
    }

    /// The relationships of a part, in the file's order.
    ///
    /// - Parameter part: The name of the part; empty for the package itself.
    /// - Returns: The relationships.
    /// - Throws: `ExtractionError` if the archive cannot be read.
    func relationships(of part: String) throws(ExtractionError) -> [Relationship] {
        let folder = part.lastIndex(of: "/").map { part[...$0] } ?? ""
        let name = part.dropFirst(folder.count)
        guard let xml = try archive.member("\(folder)_rels/\(name).rels") else { return [] }
        var tokens = OfficeMarkup(xml)
        var relationships: [Relationship] = []
        while let token = tokens.next() {
            guard case .start(let name, let attributes, _) = token, name.hasSuffix("Relationship"),
                attributes["TargetMode"] != "External", let id = attributes["Id"], let target = attributes["Target"]
            else { continue }
            let kind = attributes["Type"]?.split(separator: "/").last.map { String($0) } ?? ""
            relationships.append(Relationship(id: id, kind: kind, target: Self.resolve(target, in: folder)))
        }
        return relationships
    }

    /// The member's name for a target relative to a folder.
    private static func resolve(_ target: String, in folder: Substring) -> String {
        if target.first == "/" { return String(target.dropFirst()) }
        var steps = folder.split(separator: "/").map { String($0) }
        for step in target.split(separator: "/") {
            switch step {
            case ".": break
            case "..": _ = steps.popLast()
            default: steps.append(String(step))
            }
        }
        return steps.joined(separator: "/")
    }
}
