internal import Hummingbird

extension Request {
    /// Reads `limit`, `order`, `after` and, if the list has it, `before` from the query.
    func page(limit standard: Int = 20, maximum: Int = 100, before: Bool = false) throws(APIError) -> PageRequest {
        let query = uri.queryParameters
        var page = PageRequest(limit: standard)
        if let text = query["limit"] {
            guard let limit = Int(text) else {
                throw .wrongType("limit", expected: "an integer", got: .string(String(text)))
            }
            guard limit >= 1 else { throw .tooSmall("limit", "integer", got: "\(limit)", minimum: "1") }
            guard limit <= maximum else { throw .tooGreat("limit", "integer", got: "\(limit)", maximum: "\(maximum)") }
            page.limit = limit
        }
        if let order = query["order"] {
            guard ["asc", "desc"].contains(order) else {
                throw .notOneOf("order", got: String(order), allowed: ["asc", "desc"])
            }
            page.isAscending = order == "asc"
        }
        page.after = query["after"].map(String.init)
        page.before = before ? query["before"].map(String.init) : nil
        if page.after != nil, page.before != nil { throw .exclusive("after", "before") }
        return page
    }

    /// Reads the `filter` of a list of vector-store files.
    func statusFilter() throws(APIError) -> VectorStoreFile.Status? {
        guard let text = uri.queryParameters["filter"] else { return nil }
        guard let status = VectorStoreFile.Status(rawValue: String(text)) else {
            throw .notOneOf("filter", got: String(text), allowed: VectorStoreFile.Status.allCases.map(\.rawValue))
        }
        return status
    }
}
