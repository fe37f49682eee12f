/// The path of a value in a JSON document: `leave.annual[0].days`.
///
/// A long key is shortened, and of a long path only the end is written.
struct JSONPath {
    private enum Step {
        case key(String)
        case index(Int)
    }

    private var steps: [Step] = []

    /// The maximum size of a key in bytes, to which it is shortened.
    static let maximumKeyBytes = 120
    /// The maximum size of a path in bytes, apart from its last component.
    private static let maximumPathBytes = 240

    /// Enters the value of a key.
    mutating func enter(key: String) {
        steps.append(.key(Self.words(of: key.shortened(toBytes: Self.maximumKeyBytes)).onOneLine))
    }

    /// The words of a key that is written as one: `max hotel rate` of `maxHotelRate`.
    static func words(of key: String) -> String {
        guard key.first?.isLowercase == true, key.contains(where: \.isUppercase),
            key.allSatisfy({ $0.isLetter || $0.isNumber })
        else { return key }
        var words = ""
        var last: Character = " "
        for (character, next) in zip(key, key.dropFirst().map { $0 } + [" "]) {
            let isAcronym = last.isUppercase && !next.isLowercase
            if character.isUppercase, !isAcronym { words += " " }
            words += character.isUppercase && next.isLowercase ? character.lowercased() : String(character)
            last = character
        }
        return words
    }

    /// Enters an element of an array.
    mutating func enter(index: Int) {
        steps.append(.index(index))
    }

    /// Leaves the current value.
    mutating func leave() {
        _ = steps.popLast()
    }

    /// The path, or its end; empty at the top.
    var text: String {
        var pieces: [String] = []
        var bytes = 0
        for position in steps.indices.reversed() {
            let piece =
                switch steps[position] {
                case .index(let index): "[\(index)]"
                case .key(let key): position == 0 ? key : ".\(key)"
                }
            guard bytes + piece.utf8.count <= Self.maximumPathBytes else {
                pieces.append("…")
                break
            }
            pieces.append(piece)
            bytes += piece.utf8.count
        }
        return pieces.reversed().joined()
    }
}
