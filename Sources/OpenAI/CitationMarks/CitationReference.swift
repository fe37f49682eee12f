/// The syntax of the references in citation marks.
enum CitationReference {
    /// Whether a word is one or several references: `turn0file1`, `L8-L13`, `turn0file1,turn0file2`.
    static func isReference(_ word: some Collection<Unicode.Scalar>) -> Bool {
        let parts = word.split { (scalar: Unicode.Scalar) in scalar == "," || scalar == "#" }
            .map { [Unicode.Scalar]($0) }
        return !parts.isEmpty && parts.allSatisfy { isResult($0) || isLines($0) }
    }

    /// Whether a word is a prefix of a reference that the text's end cuts off.
    static func isReferencePrefix(_ word: some Collection<Unicode.Scalar>) -> Bool {
        let parts = word.split(separator: "," as Unicode.Scalar, omittingEmptySubsequences: false)
        guard let last = parts.last else { return false }
        let name: [Unicode.Scalar] = ["t", "u", "r", "n"]
        if last.count <= name.count, name.starts(with: last) { return true }
        var rest = [Unicode.Scalar](last)[...]
        if rest.starts(with: name) {
            rest = rest.dropFirst(name.count).drop(while: \.isDigit)
            return rest.drop(while: \.isLowercaseLetter).drop(while: \.isDigit).isEmpty
        }
        return rest.first == "L" && rest.allSatisfy { $0 == "L" || $0 == "-" || $0.isDigit }
    }

    /// `turn0file1`: a turn's number, a kind, a number.
    static func isResult(_ word: [Unicode.Scalar]) -> Bool {
        guard word.starts(with: ["t", "u", "r", "n"]) else { return false }
        let rest = word.dropFirst(4)
        let kind = rest.drop(while: \.isDigit)
        let number = kind.drop(while: \.isLowercaseLetter)
        return kind.count < rest.count && number.count < kind.count && !number.isEmpty && number.allSatisfy(\.isDigit)
    }

    /// `L8`, `L8-L13` or `L8-13`: lines.
    private static func isLines(_ word: [Unicode.Scalar]) -> Bool {
        guard word.first == "L" else { return false }
        let ends = word.dropFirst().split(separator: "-" as Unicode.Scalar, omittingEmptySubsequences: false)
        return ends.count <= 2
            && ends.enumerated().allSatisfy { index, end in
                let digits = index > 0 && end.first == "L" ? end.dropFirst() : end
                return !digits.isEmpty && digits.allSatisfy(\.isDigit)
            }
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { ("0"..."9").contains(self) }
    var isLowercaseLetter: Bool { ("a"..."z").contains(self) }
    /// Whether the scalar may be part of a reference.
    var isOfReference: Bool {
        isDigit || isLowercaseLetter || ("A"..."Z").contains(self) || self == "_" || self == "-" || self == ","
            || self == "#"
    }
}
