public import JSON
internal import PolicyAssistant

// The same JSON as that of `Encodable`, which the command line and the API's description use.

extension ChatResponse: JSONWritable {
    /// Writes the answer, with its fields in the order of their names.
    public func write(to json: inout JSONWriter) {
        json.writeObject { json in
            json.writeField("answer", answer)
            json.writeName("citations")
            json.writeArray(citations) { citation, json in citation.write(to: &json) }
            json.writeField("confidence", confidence)
            json.writeField("cut", isCut)
            if let imitation {
                json.writeName("imitation")
                json.writeObject { $0.writeField("of", imitation.of) }
            }
            json.writeField("response_id", responseID)
            json.writeField("revision", revision)
            json.writeField("role", role)
            json.writeField("thread_id", threadID)
            json.writeField("turn_id", turnID)
            if let usage {
                json.writeName("usage")
                json.writeObject { json in
                    json.writeField("input_tokens", usage.inputTokens)
                    json.writeField("output_tokens", usage.outputTokens)
                    json.writeField("total_tokens", usage.totalTokens)
                }
            }
            json.writeField("user_id", userID)
            json.writeField("writing_failure", writingFailure)
            json.writeField("written_by", writtenBy)
        }
    }
}

extension ChatResponse.CitationBody: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.writeObject { json in
            json.writeField("file_id", fileID)
            json.writeField("filename", filename)
            json.writeField("quote", quote)
        }
    }
}

extension DeltaBody: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.writeObject { json in
            json.writeField("confidence", confidence)
            json.writeField("text", text)
        }
    }
}
