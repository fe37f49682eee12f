/// A number as it is written, and as it is said.
struct SpokenNumber: Hashable {
    /// The digits before the decimal separator.
    var whole: String
    /// The digits after it; empty without one.
    var fraction: String

    /// Reads a number; nil for what is written like one, but is none: a date, a version, a telephone number.
    ///
    /// - Parameters:
    ///   - text: Digits and separators: `1'250.00`, in English `1,250.00`, and in German `1.250,00`.
    ///   - language: The language, which decides what `1.250` and `1,250` are.
    init?(_ text: String, in language: Language) {
        let plain = text.filter { !"'’\u{202F}\u{2009}".contains($0) }
        let separators = plain.filter { !$0.isNumber }
        let groups = plain.split(whereSeparator: { !$0.isNumber }).map(String.init)
        guard let first = groups.first, let last = groups.last else { return nil }
        let areThousands = first.count <= 3 && groups.dropFirst().allSatisfy { $0.count == 3 }
        switch separators.count {
        case 0:
            (whole, fraction) = (first, "")
        case 1:
            let thousands: Character = language == .german ? "." : ","
            if separators.first == thousands, areThousands, first != "0" {
                (whole, fraction) = (groups.joined(), "")
            } else {
                (whole, fraction) = (first, last)
            }
        default:
            guard let decimal = separators.last else { return nil }
            if separators.allSatisfy({ $0 == decimal }) {
                guard areThousands else { return nil }
                (whole, fraction) = (groups.joined(), "")
            } else {
                guard separators.dropLast().allSatisfy({ $0 != decimal }) else { return nil }
                (whole, fraction) = (groups.dropLast().joined(), last)
            }
        }
    }

    /// Whether the number is exactly one.
    var isOne: Bool { whole == "1" && fraction.isEmpty }

    /// The number with the decimal separator of a language and no other.
    func text(in language: Language) -> String {
        fraction.isEmpty ? whole : whole + (language == .german ? "," : ".") + fraction
    }
}
