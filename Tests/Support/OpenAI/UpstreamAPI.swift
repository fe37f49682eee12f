/// The wire protocols that the product speaks, by the names that `OPENAI_API` has for them.
public enum UpstreamAPI: String, CaseIterable, Sendable {
    case responses
    case assistants
}
