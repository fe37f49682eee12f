internal import OpenAI

/// How the documents of one revision are kept apart from those of the revision before.
///
/// In both schemes, new content is indexed before the one write in Redis that raises the revision, and no turn finds it
/// until then; from then on no turn finds the old content.
enum RevisionScheme: Sendable {
    /// All revisions share one vector store, for protocols in which a search takes a filter.
    ///
    /// A file belongs to the revisions from its attribute `since` up to, and without, its attribute `until`. A turn
    /// filters for the files of its own revision.
    case attributes
    /// Each revision has a vector store of its own, for protocols in which a search takes no filter.
    ///
    /// A thread is bound to the store of its revision, and a store in force is never changed. The stores share the
    /// uploaded files.
    case storePerRevision

    /// The `until` of a file that is not retired: larger than any revision, and exact as a JSON number.
    private static let indefinitely = 9_007_199_254_740_991.0
    /// The longest value of an attribute that upstream takes, in Unicode scalars.
    private static let longestValue = 256

    /// The attributes of a document's file, which ends before the revision `until` if it is retired.
    func attributes(_ document: IndexedDocument, until: Int? = nil) -> [String: AttributeValue] {
        attributes(path: document.path, sha256: document.sha256, since: document.revision, until: until)
    }

    /// The attributes of a file.
    ///
    /// - Parameters:
    ///   - path: The document's path; upstream refuses long values, so that a long path is left out.
    ///   - sha256: The SHA-256 of the content, in hexadecimal.
    ///   - since: The first revision that the file belongs to.
    ///   - until: The revision before which the file ends; nil for a file that is not retired.
    /// - Returns: The attributes, by their names.
    func attributes(path: String, sha256: String, since: Int, until: Int? = nil) -> [String: AttributeValue] {
        var attributes: [String: AttributeValue] = ["sha256": .string(sha256)]
        if path.unicodeScalars.count <= Self.longestValue { attributes["path"] = .string(path) }
        if self == .attributes {
            attributes["since"] = .number(Double(since))
            attributes["until"] = .number(until.map(Double.init) ?? Self.indefinitely)
        }
        return attributes
    }

    /// The filter that selects the files of a revision in its vector store; nil where the store has no others.
    func filter(forRevision revision: Int) -> SearchFilter? {
        switch self {
        case .attributes:
            .and([
                .comparison(key: "since", .lessOrEqual, .value(.number(Double(revision)))),
                .comparison(key: "until", .greater, .value(.number(Double(revision)))),
            ])
        case .storePerRevision: nil
        }
    }
}
