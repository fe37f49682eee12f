/// The numbers and quantities of the `siunitx` package, such as `\SI{45}{\minute}`, as they are typeset.
struct TeXQuantity {
    private let form: Form
    /// The number of the command's arguments.
    let argumentCount: Int

    private enum Form {
        case number, range, list, product, unit, angle
    }

    private static let commands: [String: (Form, Int)] = [
        "num": (.number, 1), "SI": (.number, 2), "qty": (.number, 2), "numrange": (.range, 2), "SIrange": (.range, 3),
        "qtyrange": (.range, 3), "numlist": (.list, 1), "SIlist": (.list, 2), "qtylist": (.list, 2),
        "numproduct": (.product, 1), "qtyproduct": (.product, 2), "si": (.unit, 1), "unit": (.unit, 1),
        "ang": (.angle, 1),
    ]
    private static let prefixes = [
        "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "milli": "m", "centi": "c", "deci": "d", "hecto": "h",
        "micro": "µ", "nano": "n",
    ]
    private static let units = [
        "metre": "m", "meter": "m", "gram": "g", "second": "s", "minute": "min", "hour": "h", "day": "d",
        "litre": "l", "liter": "l", "percent": "%", "degreeCelsius": "°C", "celsius": "°C", "degree": "°", "euro": "€",
        "EUR": "€", "pound": "£", "dollar": "$", "watt": "W", "volt": "V", "ampere": "A", "hertz": "Hz", "joule": "J",
        "byte": "B", "decibel": "dB", "tonne": "t", "hectare": "ha", "kelvin": "K", "pascal": "Pa", "newton": "N",
        "per": "/", "squared": "²", "cubed": "³",
    ]
    private static let powers = ["square": "²", "cubic": "³"]

    /// Creates what a command typesets; nil if it is not of the package.
    init?(command: String) {
        guard let (form, count) = Self.commands[command] else { return nil }
        self.form = form
        argumentCount = count
    }

    /// The text of the command with its arguments.
    func text(_ arguments: [String]) -> String {
        guard let first = arguments.first else { return "" }
        let unit = arguments.count > (form == .range ? 2 : 1) ? Self.unit(arguments.last ?? "") : ""
        switch form {
        case .unit: return Self.unit(first)
        case .angle:
            let parts = first.split(separator: ";", omittingEmptySubsequences: false).map { Self.number($0) }
            return zip(parts, ["°", "′", "″"]).map { $0.isEmpty ? "" : $0 + $1 }.joined()
        case .number: return Self.quantity(Self.number(first), unit)
        case .range: return Self.quantity(arguments.prefix(2).map { Self.number($0) }.joined(separator: "–"), unit)
        case .list:
            let numbers = first.split(separator: ";").map { Self.number($0) }
            return Self.quantity(numbers.joined(separator: ", "), unit)
        case .product:
            let numbers = first.split(separator: "x").map { Self.number($0) }
            return Self.quantity(numbers.joined(separator: " × "), unit)
        }
    }

    private static func number(_ text: some StringProtocol) -> String {
        String(text.filter { !$0.isWhitespace && !"{}~$\\".contains($0) }).replacing("+-", with: "±")
    }

    private static func quantity(_ number: String, _ unit: String) -> String {
        unit.isEmpty ? number : unit == "°" || number.isEmpty ? number + unit : "\(number) \(unit)"
    }

    /// The text of a unit, whether it is written with commands or with letters.
    private static func unit(_ markup: String) -> String {
        var text = ""
        var power = ""
        var isAfterPrefix = false
        var rest = markup[...]
        while let character = rest.popFirst() {
            guard character == "\\" else {
                if character == "~" { text += " " } else if !"{}$^".contains(character) { text.append(character) }
                if character == "^", let exponent = rest.first(where: { $0 != "{" }) {
                    guard let raised = ["2": "²", "3": "³"][exponent] else { continue }
                    rest = rest.drop { "{23}".contains($0) }
                    text += raised
                }
                continue
            }
            let name = String(rest.prefix { $0.isLetter && $0.isASCII })
            rest = rest.dropFirst(max(1, name.count)).drop { $0 == " " }
            if let raised = powers[name] {
                power = raised
            } else if let prefix = prefixes[name] {
                text += separator(after: text, isAfterPrefix) + prefix
                isAfterPrefix = true
            } else {
                let symbol = units[name] ?? name
                let isBound = isAfterPrefix || ["/", "²", "³"].contains(symbol)
                text += separator(after: text, isBound) + symbol
                isAfterPrefix = false
                guard symbol != "/" else { continue }
                text += power
                power = ""
            }
        }
        return text.onOneLine
    }

    private static func separator(after text: String, _ isBound: Bool) -> String {
        isBound || text.isEmpty || text.last == "/" || text.last == " " ? "" : " "
    }
}
