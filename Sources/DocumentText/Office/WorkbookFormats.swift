/// The number formats of a workbook: dates, percentages, currencies, and plain numbers.
struct WorkbookFormats: Sendable {
    /// The cell styles: the number format, and whether the type is bold.
    private var styles: [(format: Format, isBold: Bool)] = []
    /// Whether dates count from 1904.
    var countsFrom1904 = false

    /// The maximum size of the text before or after a number, in bytes.
    private static let maximumLiteralBytes = 100

    private enum Format: Sendable {
        case general, date, time
        /// Hours and minutes that are not a time of day, and may be more than 24 hours.
        case elapsed
        /// The format of cells that are not shown.
        case hidden
        case number(Digits, isPercent: Bool, before: String, after: String)
    }

    /// The figures of a number.
    private struct Digits: Sendable {
        var decimals = 0
        /// How many figures are before the decimals at least.
        var least = 1
        /// How many thousands the number is shown in: `1` for thousands, `2` for millions.
        var thousands = 0
    }

    /// Reads `xl/styles.xml`.
    init(_ xml: [UInt8]) {
        var tokens = OfficeMarkup(xml)
        var codes: [Int: String] = [:]
        var boldFonts: [Bool] = []
        var section = ""
        while let token = tokens.next() {
            switch token {
            case .start("numFmt", let attributes, _):
                if let id = attributes["numFmtId"].flatMap({ Int($0) }) { codes[id] = attributes["formatCode"] }
            case .start("font", _, _) where section == "fonts": boldFonts.append(false)
            case .start("b", let attributes, _) where section == "fonts" && !boldFonts.isEmpty:
                boldFonts[boldFonts.count - 1] = !["0", "false"].contains(attributes["val"])
            case .start("xf", let attributes, _) where section == "cellXfs":
                let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
                let font = attributes["fontId"].flatMap { Int($0) } ?? -1
                let isBold = boldFonts.indices.contains(font) && boldFonts[font]
                styles.append((Self.format(id, code: codes[id]), isBold))
            case .start(let name, _, _) where ["fonts", "cellXfs", "cellStyleXfs", "dxfs"].contains(name):
                section = name
            case .end(let name) where name == section: section = ""
            default: break
            }
        }
    }

    /// Whether a cell of a style is in bold type.
    func isBold(_ style: Int) -> Bool {
        styles.indices.contains(style) && styles[style].isBold
    }

    /// Formats a number by a cell's style.
    func text(of number: String, style: Int) -> String {
        guard let value = Double(number), value.isFinite else { return number }
        switch styles.indices.contains(style) ? styles[style].format : .general {
        case .general: return Self.plain(value)
        case .date: return date(value)
        case .time: return Self.time(value)
        case .elapsed: return Self.elapsed(value)
        case .hidden: return ""
        case .number(let digits, let isPercent, let before, let after):
            let scaled = (0..<digits.thousands).reduce(isPercent ? value * 100 : value) { value, _ in value / 1000 }
            let shown = Self.padded(Self.fixed(scaled, decimals: digits.decimals), to: digits.least)
            return before + shown + (isPercent ? " %" : "") + after
        }
    }

    /// Formats a number by a format's code, such as `0%`.
    static func text(of number: String, formatCode: String) -> String {
        var formats = WorkbookFormats([])
        formats.styles = [(format(ofCode: formatCode), false)]
        return formats.text(of: number, style: 0)
    }

    private static func format(_ id: Int, code: String?) -> Format {
        switch id {
        case 0, 49: return .general
        case 1, 3: return .number(Digits(), isPercent: false, before: "", after: "")
        case 2, 4: return .number(Digits(decimals: 2), isPercent: false, before: "", after: "")
        case 9: return .number(Digits(), isPercent: true, before: "", after: "")
        case 10: return .number(Digits(decimals: 2), isPercent: true, before: "", after: "")
        case 14...17, 22, 27...36, 50...58: return .date
        case 46: return .elapsed
        case 18...21, 45, 47: return .time
        default: return code.map { format(ofCode: $0) } ?? .general
        }
    }

    /// The format of a code such as `#,##0.00 "€"`, by its first section.
    private static func format(ofCode code: String) -> Format {
        if code.contains(";"), code.allSatisfy({ $0 == ";" }) { return .hidden }
        var marks = ""
        var isElapsed = false
        var literals: (before: String, after: String) = ("", "")
        var rest = code.prefix { $0 != ";" }
        func add(_ text: some StringProtocol) {
            if marks.contains(where: { "0#?".contains($0) }) { literals.after += text } else { literals.before += text }
        }
        while let mark = rest.popFirst() {
            switch mark {
            case "\"":
                add(rest.prefix { $0 != "\"" })
                rest = rest.drop { $0 != "\"" }.dropFirst()
            case "[":
                let inner = rest.prefix { $0 != "]" }
                rest = rest.dropFirst(inner.count + 1)
                if inner.first == "$" { add(inner.dropFirst().prefix { $0 != "-" }) }
                if ["h", "hh", "m", "mm", "s"].contains(inner.lowercased()) { isElapsed = true }
            case "\\": if let next = rest.popFirst() { add(String(next)) }
            case "_", "*": _ = rest.popFirst()
            case _ where mark.isCurrencySymbol || mark == " ": add(String(mark))
            default: marks += mark.lowercased()
            }
        }
        if isElapsed { return .elapsed }
        let isNumber = marks.contains { "0#?".contains($0) }
        if marks.contains(where: { "yd".contains($0) }) || marks.contains("m") && !isNumber && !marks.contains("h") {
            return .date
        }
        if marks.contains(where: { "hs".contains($0) }) { return .time }
        // A fraction or a power of ten is shown as a decimal number.
        guard isNumber, !marks.contains(where: { "e/".contains($0) }) else { return .general }
        let before = literals.before.onOneLine.shortened(toBytes: maximumLiteralBytes)
        let after = literals.after.onOneLine.shortened(toBytes: maximumLiteralBytes)
        return .number(
            digits(marks),
            isPercent: marks.contains("%"),
            before: before + (before.isEmpty ? "" : " "),
            after: after.isEmpty ? "" : " " + after
        )
    }

    /// The figures that marks such as `#,##0.00` stand for; a comma behind the last of them divides by a thousand.
    private static func digits(_ marks: String) -> Digits {
        let parts = marks.filter { "0#?.,".contains($0) }.split(
            separator: ".",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        let whole = parts.first ?? ""
        let decimals = parts.count > 1 ? parts[1] : ""
        let last = parts.count > 1 ? decimals : whole
        return Digits(
            decimals: min(decimals.prefix { "0#?".contains($0) }.count, 10),
            least: min(max(whole.count { $0 == "0" }, 1), 20),
            thousands: min(last.reversed().prefix { $0 == "," }.count, 3)
        )
    }

    /// A number with zeros before it.
    private static func padded(_ number: String, to least: Int) -> String {
        let sign = number.prefix { $0 == "-" }
        let figures = number.dropFirst(sign.count)
        let missing = least - figures.prefix { $0 != "." }.count
        return missing > 0 ? sign + String(repeating: "0", count: missing) + figures : number
    }

    private static func plain(_ value: Double) -> String {
        guard value.magnitude < 1e15 else { return "\(value)" }
        let text = fixed(value, decimals: 9)
        guard text.contains(".") else { return text }
        var digits = text[...]
        while digits.last == "0" { digits.removeLast() }
        if digits.last == "." { digits.removeLast() }
        return String(digits)
    }

    private static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.magnitude < 1e15 else { return "\(value)" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let (whole, part) = value.magnitude.split(scale: scale)
        let sign = value < 0 && (whole > 0 || part > 0) ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(whole)" }
        let digits = String(part)
        return "\(sign)\(whole).\(String(repeating: "0", count: max(0, decimals - digits.count)))\(digits)"
    }

    /// A date as `2026-05-01`, with the time of day if there is one.
    private func date(_ value: Double) -> String {
        guard value >= 0, value < 3_000_000 else { return Self.plain(value) }
        var day = Int(value)
        // Day 1 is 1900-01-01, and the numbering has a 29 February of that year, which did not exist.
        if !countsFrom1904, day > 59 { day -= 1 }
        let (year, month, dayOfMonth) = Self.civil(days: day + (countsFrom1904 ? -24_107 : -25_568))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let text = "\(year)-\(two(month))-\(two(dayOfMonth))"
        let minutes = Int((value.truncatingRemainder(dividingBy: 1) * 1440).rounded())
        return minutes == 0 ? text : "\(text) \(Self.time(value))"
    }

    /// Hours and minutes, such as `36:00` for a day and a half.
    private static func elapsed(_ value: Double) -> String {
        let minutes = Int((min(value.magnitude, 1e9) * 1440).rounded())
        let (hours, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        return "\(value < 0 && minutes > 0 ? "-" : "")\(hours):\(minute < 10 ? "0" : "")\(minute)"
    }

    private static func time(_ value: Double) -> String {
        let minutes = Int((min(max(value, 0), 1e6).truncatingRemainder(dividingBy: 1) * 1440).rounded())
        let (hour, minute) = (minutes / 60 % 24, minutes % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    /// The date of a number of days after 1970-01-01, by the Gregorian calendar's 400-year cycle.
    private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let number = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (number <= 2 ? 1 : 0), number, dayOfYear - (153 * month + 2) / 5 + 1)
    }
}

extension Double {
    /// The integer part of a magnitude and its decimals, rounded to a scale such as 100 for two decimals.
    fileprivate func split(scale: Double) -> (whole: Int, part: Int) {
        let whole = self.rounded(.down)
        let part = ((self - whole) * scale).rounded()
        return part >= scale ? (Int(whole) + 1, 0) : (Int(whole), Int(part))
    }
}
