/// Numbers, dates and times as text.
enum NumberText {
    /// A number without zeros behind its last decimal.
    static func plain(_ value: Double) -> String {
        guard value.magnitude < 1e15 else { return "\(value)" }
        let text = fixed(value, decimals: 9)
        guard text.contains(".") else { return text }
        var digits = text[...]
        while digits.last == "0" { digits.removeLast() }
        if digits.last == "." { digits.removeLast() }
        return String(digits)
    }

    /// A number with some decimals, of which spreadsheets round the first fifteen figures: `2.675` has the decimals `2.68`,
    /// although the nearest binary number is below it.
    static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.magnitude < 1e15 else { return "\(value)" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let (whole, part) = value.magnitude.split(scale: scale)
        let sign = value < 0 && (whole > 0 || part > 0) ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(whole)" }
        let digits = String(part)
        return "\(sign)\(whole).\(String(repeating: "0", count: max(0, decimals - digits.count)))\(digits)"
    }

    /// A number with zeros before it.
    static func padded(_ number: String, to least: Int) -> String {
        let sign = number.prefix { $0 == "-" }
        let figures = number.dropFirst(sign.count)
        let missing = least - figures.prefix { $0 != "." }.count
        return missing > 0 ? sign + String(repeating: "0", count: missing) + figures : number
    }

    /// A date as `2026-05-01`, with the time of day if there is one.
    static func date(_ value: Double, countsFrom1904: Bool) -> String {
        guard value >= 0, value < 3_000_000 else { return plain(value) }
        var day = Int(value)
        // Day 1 is 1900-01-01, and the numbering has a 29 February of that year, which did not exist.
        if !countsFrom1904, day > 59 { day -= 1 }
        let (year, month, dayOfMonth) = civil(days: day + (countsFrom1904 ? -24_107 : -25_568))
        let text = "\(year)-\(two(month))-\(two(dayOfMonth))"
        let minutes = Int((value.truncatingRemainder(dividingBy: 1) * 1440).rounded())
        return minutes == 0 ? text : "\(text) \(time(value, hasSeconds: false))"
    }

    /// Hours and minutes, such as `36:00` for a day and a half, with seconds if it has and shows some.
    static func elapsed(_ value: Double, hasSeconds: Bool = false) -> String {
        let seconds = Int((min(value.magnitude, 1e9) * 86_400).rounded())
        if hasSeconds, !seconds.isMultiple(of: 60) {
            let sign = value < 0 ? "-" : ""
            return "\(sign)\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        }
        let minutes = Int((min(value.magnitude, 1e9) * 1440).rounded())
        let (hours, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        return "\(value < 0 && minutes > 0 ? "-" : "")\(hours):\(two(minute))"
    }

    /// A time of day as `09:30`, with its seconds if it has and shows some.
    static func time(_ value: Double, hasSeconds: Bool) -> String {
        let days = min(max(value, 0), 1e6).truncatingRemainder(dividingBy: 1)
        let seconds = Int((days * 86_400).rounded())
        if hasSeconds, !seconds.isMultiple(of: 60) {
            return "\(two(seconds / 3600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        }
        let minutes = Int((days * 1440).rounded())
        return "\(two(minutes / 60 % 24)):\(two(minutes % 60))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

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
        let unit = unitOfLastFigure
        let number = unit * scale < 0.05 ? self + unit / 2 : self
        let whole = number.rounded(.down)
        let part = ((number - whole) * scale).rounded()
        return part >= scale ? (Int(whole) + 1, 0) : (Int(whole), Int(part))
    }

    /// The value of the fifteenth figure of a magnitude.
    private var unitOfLastFigure: Double {
        var unit = 1e-14
        while unit * 1e15 <= self { unit *= 10 }
        while unit > 1e-30, unit * 1e14 > self { unit /= 10 }
        return unit
    }
}
