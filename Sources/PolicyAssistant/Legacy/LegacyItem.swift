/// What an older deployment noted as a plain string: under a user, a thread's ID; under a file's name, an uploaded file's.
struct LegacyItem: Sendable, Hashable {
    /// The user or the file's name.
    let key: String
    /// The ID, which is the whole value.
    let id: String

    /// Reads a value; nil where it is no ID of that kind.
    init?(key: String, value: String, kind: LegacyOutcome.Kind) {
        guard let rest = value.suffix(afterPrefix: kind.idPrefix), (1...128).contains(rest.utf8.count),
            rest.utf8.allSatisfy(Self.isPartOfID)
        else { return nil }
        self.key = key
        id = value
    }

    private static func isPartOfID(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension LegacyOutcome.Kind {
    fileprivate var idPrefix: String {
        switch self {
        case .thread: "thread_"
        case .file: "file-"
        }
    }
}
