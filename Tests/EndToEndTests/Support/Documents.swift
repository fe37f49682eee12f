/// Documents of a few rules each, for tests that change them.
enum Documents {
    static func leave(days: Int) -> String {
        """
        # Annual leave

        Full-time employees receive \(days) days of paid annual leave in each calendar year.
        Up to 5 unused days may be carried over into the next year and must be taken by 31 March.

        # Parental leave

        Parents may take 18 weeks of fully paid parental leave within two years of the birth.
        """
    }

    static let travel = """
        Travel

        Employees may book economy class for flights under six hours.
        The daily meal allowance abroad is 64 euros.
        Receipts are due within 20 days of the end of the journey.
        """

    static let notice = """
        # Notice periods

        The notice period is one month during probation and three months after it.
        """

    static let all = ["leave/annual-leave.md": leave(days: 27), "travel.txt": travel, "notice.md": notice]
}
