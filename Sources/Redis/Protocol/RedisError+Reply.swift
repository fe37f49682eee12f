extension RedisError {
    /// Reads the line of an error reply, such as `WRONGTYPE Operation against a key …`.
    ///
    /// The first word is the code by convention. Redis repeats the arguments of a command that it does not know; they
    /// are cut off, for they may be anybody's secrets.
    init(reply line: String) {
        let words = line.split(separator: " ", maxSplits: 1)
        let hasCode = words.first?.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) } ?? false
        let text = hasCode ? words.dropFirst().first ?? "" : line[...]
        let end = text.firstRange(of: ", with args beginning with")?.lowerBound ?? text.endIndex
        self.init(.server, String(text[..<end]), serverCode: hasCode ? words.first.map(String.init) : "ERR")
    }
}
