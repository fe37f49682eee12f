internal import Foundation

extension ScriptedOpenAI {
    /// What a caller can want of the service.
    public enum Operation: Sendable, Hashable {
        /// `GET /models`.
        case listModels
        /// `POST /conversations`.
        case createConversation
        /// `GET /conversations/{id}`.
        case retrieveConversation
        /// `GET /conversations/{id}/items`.
        case listItems
        /// `DELETE /conversations/{id}/items/{item}`.
        case deleteItem
        /// `DELETE /conversations/{id}`.
        case deleteConversation
        /// `POST /responses`, whole or streamed.
        case createResponse
        /// What the service does not do.
        case other

        init(_ request: ReceivedRequest) {
            let words = request.line.split(separator: " ")
            let path = words.dropFirst().first?.prefix { $0 != "?" }.split(separator: "/") ?? []
            self =
                switch (words.first ?? "", path.dropFirst().first ?? "", path.count) {
                case ("GET", "models", 2): .listModels
                case ("POST", "conversations", 2): .createConversation
                case ("GET", "conversations", 3): .retrieveConversation
                case ("GET", "conversations", 4): .listItems
                case ("DELETE", "conversations", 5): .deleteItem
                case ("DELETE", "conversations", 3): .deleteConversation
                case ("POST", "responses", 2): .createResponse
                default: .other
                }
        }
    }

    /// A call that the service got.
    public struct Call: Sendable {
        /// What is wanted.
        public let operation: Operation
        /// The how-manieth call of its operation it is; the first has the number 1.
        public let number: Int
        /// The request as it came.
        public let request: ReceivedRequest
        /// The question that is asked; empty for other operations.
        public let question: String
        /// Whether the answer is wanted as a stream.
        public let isStreamed: Bool
        /// The conversation that it is about; empty where it is about none.
        public let conversation: String
        /// What a new conversation is to begin with.
        public let messages: [Message]

        init(_ operation: Operation, number: Int, _ request: ReceivedRequest) {
            self.operation = operation
            self.number = number
            self.request = request
            let body = try? JSONDecoder().decode(Body.self, from: Data(request.body))
            let path = request.line.split(separator: " ").dropFirst().first?.prefix { $0 != "?" } ?? ""
            question = body?.input?.last?.content ?? ""
            isStreamed = body?.stream ?? false
            conversation = body?.conversation ?? path.split(separator: "/").dropFirst(2).first.map(String.init) ?? ""
            messages = (body?.items ?? []).map { Message($0.role, $0.content) }
        }

        /// Whether a list is wanted oldest first.
        var isAscending: Bool { request.line.contains("order=asc") }

        private struct Body: Decodable {
            struct Said: Decodable {
                let role: String
                let content: String
            }

            let input: [Said]?
            let stream: Bool?
            let conversation: String?
            let items: [Said]?
        }
    }

    /// Something that was said in a conversation.
    public struct Message: Sendable, Hashable {
        /// Who said it: `user` or `assistant`.
        public let role: String
        /// What was said.
        public let text: String

        /// Creates a message.
        public init(_ role: String, _ text: String) {
            self.role = role
            self.text = text
        }
    }
}
