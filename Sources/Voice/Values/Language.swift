/// A language that is heard and spoken, with its code of ISO 639-1.
public enum Language: String, Sendable, Hashable, CaseIterable, Codable {
    /// English.
    case english = "en"
    /// German.
    case german = "de"

    /// The language's name in English.
    public var name: String {
        switch self {
        case .english: "English"
        case .german: "German"
        }
    }
}
