extension RedisError {
    /// Reads the line of an error reply, such as `WRONGTYPE Operation against a key …`.
    ///
    /// The first word is the code by convention. Redis repeats the arguments of an unknown command; they are removed,
    /// because they may be secret.
    init(reply line: String) {
        let line = Self.errorInScript(line)
        let words = line.split(separator: " ", maxSplits: 1)
        let hasCode = words.first?.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) } ?? false
        let text = hasCode ? words.dropFirst().first ?? "" : line
        let end = text.firstRange(of: ", with args beginning with")?.lowerBound ?? text.endIndex
        let message = String(text[..<end])
        // Redis 7.0 gives a refusal by an ACL inside a script no code of its own.
        let isDenied = message.contains("user executing the script can't")
        let serverCode = isDenied ? "NOPERM" : hasCode ? words.first.map(String.init) ?? "ERR" : "ERR"
        self.init(Self.codes[serverCode] ?? .server, message, serverCode: serverCode)
    }

    private static let codes: [String: Code] = [
        "NOAUTH": .authenticationFailed, "WRONGPASS": .authenticationFailed, "READONLY": .readOnly,
        "LOADING": .notReady, "MASTERDOWN": .notReady, "NOREPLICAS": .notReady, "CLUSTERDOWN": .notReady,
        "OOM": .outOfMemory, "MISCONF": .cannotPersist, "NOPERM": .notPermitted, "MOVED": .clusterNotSupported,
        "ASK": .clusterNotSupported, "CROSSSLOT": .clusterNotSupported,
    ]

    /// The error that ended a script; the whole line if it is not an error of a script.
    ///
    /// Redis 6 wraps it: `ERR Error running script (call to f_…): @user_script:1: -READONLY You can't …`.
    private static func errorInScript(_ line: String) -> Substring {
        guard line.hasPrefix("ERR Error running script"), let mark = line.ranges(of: ": -").last else {
            return line[...]
        }
        return line[mark.upperBound...]
    }

    /// The command that the user may not run, in lower case, where this is ``Code/notPermitted`` and the server named
    /// it.
    public var deniedCommand: String? {
        guard code == .notPermitted, let mark = message.firstRange(of: "run the '") else { return nil }
        let name = message[mark.upperBound...].prefix { $0 != "'" }
        return name.isEmpty ? nil : name.lowercased()
    }

    /// Whether this is ``Code/notPermitted`` because of a key that the command names.
    public var isAboutKey: Bool {
        code == .notPermitted && message.contains("key") && deniedCommand == nil
    }
}
