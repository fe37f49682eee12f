/// Removes marks that hold a file's ID: `<|file-abc|>`.
struct FileIDMarkFilter: Sendable {
    /// What may still become a mark; starts with `<`.
    private var held: [PositionedScalar] = []

    private static let prefix: [Unicode.Scalar] = ["<", "|", "f", "i", "l", "e"]
    private static let maximumLength = 150

    var isIdle: Bool { held.isEmpty }

    mutating func feed(_ scalars: [PositionedScalar]) -> [PositionedScalar] {
        var text: [PositionedScalar] = []
        text.reserveCapacity(scalars.count)
        for element in scalars {
            switch step(element.scalar) {
            case .continues:
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

    /// Returns what is held: without an end it is no mark.
    mutating func finish() -> [PositionedScalar] {
        defer { held = [] }
        return held
    }

    private enum Step { case continues, ends, fails }

    private func step(_ scalar: Unicode.Scalar) -> Step {
        let position = held.count
        if position < Self.prefix.count { return scalar == Self.prefix[position] ? .continues : .fails }
        if position == Self.prefix.count { return scalar == "-" || scalar == "_" ? .continues : .fails }
        if held[position - 1].scalar == "|" { return scalar == ">" ? .ends : .fails }
        guard position < Self.maximumLength else { return .fails }
        if scalar == "|" { return position > Self.prefix.count + 1 ? .continues : .fails }
        return scalar.isOfReference && scalar != "," && scalar != "#" ? .continues : .fails
    }
}
