internal import FoundationEssentials

/// A time as mail writes it (RFC 2822), such as `Sun, 29 Nov 2026 10:52:03 +0000`, which is Twilio's form.
enum MailDate {
    /// Reads a time; nil for another text.
    static func date(_ text: String) -> Date? {
        let words = text.split(separator: " ")
        guard words.count == 6, let day = Int(words[1]), let month = months.firstIndex(of: words[2]),
            let year = Int(words[3]),
            words[5].count == 5, let zone = Int(words[5])
        else { return nil }
        let clock = words[4].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3 else { return nil }
        var parts = DateComponents(
            year: year,
            month: month + 1,
            day: day,
            hour: clock[0],
            minute: clock[1],
            second: clock[2]
        )
        parts.timeZone = TimeZone(secondsFromGMT: (zone / 100 * 60 + zone % 100) * 60)
        return Calendar(identifier: .gregorian).date(from: parts)
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
