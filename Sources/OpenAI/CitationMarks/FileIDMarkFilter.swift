/// Takes out marks that hold a file's ID: `<|file-abc|>`.
struct FileIDMarkFilter: Sendable {
    /// What may still turn out to be a mark; begins with `<`.
    private var held: [PlacedScalar] = []

    private static let beginning: [Unicode.Scalar] = ["<", "|", "f", "i", "l", "e"]
    private static let longestMark = 150

    var isIdle: Bool { held.isEmpty }

    mutating func feed(_ scalars: [PlacedScalar]) -> [PlacedScalar] {
        var text: [PlacedScalar] = []
        text.reserveCapacity(scalars.count)
        for element in scalars {
            switch step(element.scalar) {
            case .goesOn:
                held.append(element)
            case .ends:
                held = []
            case .fails:
                text += finish()
                if element.scalar == "<" { held = [element] } else { text.append(element) }
            }
        }
        return text
    }

    /// Returns what is held still: no mark, since its end did not come.
    mutating func finish() -> [PlacedScalar] {
        defer { held = [] }
        return held
    }

    private enum Step { case goesOn, ends, fails }

    private func step(_ scalar: Unicode.Scalar) -> Step {
        let place = held.count
        if place < Self.beginning.count { return scalar == Self.beginning[place] ? .goesOn : .fails }
        if place == Self.beginning.count { return scalar == "-" || scalar == "_" ? .goesOn : .fails }
        if held[place - 1].scalar == "|" { return scalar == ">" ? .ends : .fails }
        guard place < Self.longestMark else { return .fails }
        if scalar == "|" { return place > Self.beginning.count + 1 ? .goesOn : .fails }
        return scalar.isOfReference && scalar != "," && scalar != "#" ? .goesOn : .fails
    }
}
