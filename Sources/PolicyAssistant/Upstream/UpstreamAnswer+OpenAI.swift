internal import OpenAI

extension UpstreamSource {
    /// The place that a citation stands for, in a text that begins after `offset` Unicode scalars.
    init(_ citation: FileCitation, after offset: Int = 0) {
        self.init(fileID: citation.fileID, index: offset + citation.index, filename: citation.filename)
    }
}

extension UpstreamPassage {
    init(_ result: FileSearchResult) {
        self.init(fileID: result.fileID, text: result.text, filename: result.filename)
    }
}
