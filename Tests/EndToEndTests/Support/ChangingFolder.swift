import Foundation

/// A folder of small documents, of which forty change from round to round: ten each are new, changed, renamed and gone.
struct ChangingFolder {
    private let installation: Installation
    private var round = 0
    /// The texts' numbers by the documents' names, in the order of the names' age.
    private var names: [(name: String, number: Int)] = []
    private var nextNumber = 0

    init(in installation: Installation) throws {
        self.installation = installation
        for _ in 0..<40 { try add() }
        try writeAnchor()
    }

    /// What a question asks for that has an answer before and after each change.
    static let question = "What is the daily meal allowance abroad?"
    static let answer = "euros"

    mutating func change() throws {
        round += 1
        let gone = names.prefix(10)
        names.removeFirst(10)
        for document in gone { try installation.remove(document.name) }
        for index in 0..<10 {
            let renamed = "round-\(round)/\(names[index].number).md"
            try installation.move(names[index].name, to: renamed)
            names[index].name = renamed
        }
        for index in 10..<19 { try write(index, version: round) }
        try writeAnchor()
        for _ in 0..<10 { try add() }
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
