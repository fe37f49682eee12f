extension APICall {
    /// The call with the header that the routes of assistants and threads want, and no others.
    var ofAssistants: APICall {
        var call = self
        call.headers["OpenAI-Beta"] = "assistants=v2"
        return call
    }
}
