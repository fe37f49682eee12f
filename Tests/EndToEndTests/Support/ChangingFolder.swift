import Foundation

/// A folder of small documents, of which ``share`` each are new, changed, renamed and removed in each round.
struct ChangingFolder {
    /// New and changed documents together are more than a sync uploads at the same time.
    private static let share = 6

    private let installation: Installation
    private var round = 0
    /// The texts' numbers by the documents' names, in the order of the names' age.
    private var names: [(name: String, number: Int)] = []
    private var nextNumber = 0

    init(in installation: Installation) throws {
        self.installation = installation
        for _ in 0..<(4 * Self.share) { try add() }
        try writeAnchor()
    }

    /// What a question asks for that has an answer before and after each change.
    static let question = "What is the daily meal allowance abroad?"
    static let answer = "euros"

    mutating func change() throws {
        round += 1
        let removed = names.prefix(Self.share)
        names.removeFirst(Self.share)
        for document in removed { try installation.remove(document.name) }
        for index in 0..<Self.share {
            let renamed = "round-\(round)/\(names[index].number).md"
            try installation.move(names[index].name, to: renamed)
            names[index].name = renamed
        }
        // The anchor is a changed document, too.
        for index in Self.share..<(2 * Self.share - 1) { try write(index, version: round) }
        try writeAnchor()
        for _ in 0..<Self.share { try add() }
    }

    private mutating func add() throws {
        nextNumber += 1
        names.append((name: "rule \(nextNumber).md", number: nextNumber))
        try write(names.count - 1, version: 0)
    }

    private func write(_ index: Int, version: Int) throws {
        let (name, number) = names[index]
        let text =
            "# Rule \(number)\n\nSection \(number) keeps its forms for \(number + version) months in cabinet \(version).\n"
        try installation.write(text, to: name)
    }

    private func writeAnchor() throws {
        let text = "# Travel\n\nThe daily meal allowance abroad is \(60 + round) euros for every employee.\n"
        try installation.write(text, to: "travel.md")
    }
}
