internal import Foundation

extension ScriptedOpenAI {
    /// What a caller can want of the service.
    public enum Operation: Sendable, Hashable {
        /// `GET /models`.
        case listModels
        /// `POST /conversations`, `POST /threads`.
        case createConversation
        /// `GET /conversations/{id}`, `GET /threads/{id}`.
        case retrieveConversation
        /// `POST /conversations/{id}`, `POST /threads/{id}`.
        case updateConversation
        /// `GET /conversations/{id}/items`, `GET /threads/{id}/messages`.
        case listItems
        /// `DELETE /conversations/{id}/items/{item}`.
        case deleteItem
        /// `DELETE /conversations/{id}`, `DELETE /threads/{id}`.
        case deleteConversation
        /// `POST /responses`, whole or streamed; `POST /threads/{id}/runs`.
        case createResponse
        /// `DELETE /responses/{id}`.
        case deleteResponse
        /// `GET /threads/{id}/runs`.
        case listRuns
        /// `GET /threads/{id}/runs/{run}`.
        case retrieveRun
        /// `POST /threads/{id}/runs/{run}/cancel`.
        case cancelRun
        /// `GET /threads/{id}/runs/{run}/steps`.
        case listSteps
        /// `GET /vector_stores/{id}`.
        case retrieveStore
        /// What the service does not do.
        case other

        init(_ request: ReceivedRequest) {
            let method = request.line.prefix { $0 != " " }
            let path = request.path
            self =
                switch (method, path.dropFirst().first ?? "", path.count) {
                case ("GET", "models", 2): .listModels
                case ("POST", "conversations", 2), ("POST", "threads", 2): .createConversation
                case ("GET", "conversations", 3), ("GET", "threads", 3): .retrieveConversation
                case ("POST", "conversations", 3), ("POST", "threads", 3): .updateConversation
                case ("GET", "conversations", 4): .listItems
                case ("GET", "threads", 4): path[3] == "runs" ? .listRuns : .listItems
                case ("POST", "threads", 4): path[3] == "runs" ? .createResponse : .other
                case ("GET", "threads", 5): .retrieveRun
                case ("GET", "threads", 6): .listSteps
                case ("POST", "threads", 6): .cancelRun
                case ("DELETE", "conversations", 5): .deleteItem
                case ("DELETE", "conversations", 3), ("DELETE", "threads", 3): .deleteConversation
                case ("POST", "responses", 2): .createResponse
                case ("GET", "vector_stores", 3): .retrieveStore
                case ("DELETE", "responses", 3): .deleteResponse
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
        /// The protocol that it is of.
        let api: UpstreamAPI
        /// The response that it is about; empty where it is about none.
        var response: String { operation == .deleteResponse ? conversation : "" }
        /// The run that it is about; empty where it is about none.
        let run: String
        /// The caller's notes on what is made, as JSON.
        let metadata: String
        /// The vector store of a new thread.
        let store: String

        init(_ operation: Operation, number: Int, _ request: ReceivedRequest) {
            self.operation = operation
            self.number = number
            self.request = request
            let body = try? JSONDecoder().decode(Body.self, from: Data(request.body))
            let path = request.path
            api = path.dropFirst().first == "threads" ? .assistants : .responses
            question = (body?.input ?? body?.additionalMessages)?.last?.content ?? ""
            isStreamed = body?.stream ?? false
            conversation = body?.conversation ?? path.dropFirst(2).first ?? ""
            messages = (body?.items ?? body?.messages ?? []).map { Message($0.role, $0.content) }
            run = path.dropFirst(4).first ?? ""
            let notes = try? JSONEncoder().encode(body?.metadata ?? [:])
            metadata = notes.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
            store = body?.toolResources?["file_search"]?["vector_store_ids"]?.first ?? ""
        }

        /// Whether a list is wanted oldest first.
        var isAscending: Bool { request.line.contains("order=asc") }

        /// The run whose messages alone are wanted; nil for all.
        var listedRun: String? {
            guard let start = request.line.firstRange(of: "run_id=")?.upperBound else { return nil }
            return String(request.line[start...].prefix { $0 != "&" && $0 != " " })
        }

        private struct Body: Decodable {
            struct Said: Decodable {
                let role: String
                let content: String
            }

            let input: [Said]?
            let stream: Bool?
            let conversation: String?
            let items: [Said]?
            let messages: [Said]?
            let additionalMessages: [Said]?
            let metadata: [String: String]?
            let toolResources: [String: [String: [String]]]?

            enum CodingKeys: String, CodingKey {
                case input, stream, conversation, items, messages, metadata
                case additionalMessages = "additional_messages"
                case toolResources = "tool_resources"
            }
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

extension ReceivedRequest {
    /// The parts of the path.
    fileprivate var path: [String] {
        let target = line.split(separator: " ").dropFirst().first?.prefix { $0 != "?" } ?? ""
        return target.split(separator: "/").map(String.init)
    }
}
