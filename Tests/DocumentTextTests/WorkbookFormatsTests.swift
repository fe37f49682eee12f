import Testing

@testable import DocumentText

/// Numbers of a workbook as their cells show them.
@Suite struct WorkbookFormatsTests {
    @Test(arguments: [
        ("0.00", "3.456", "3.46"), ("0.00", "-3.456", "-3.46"), ("0%", "0.125", "13 %"),
        ("#,##0.00 &quot;€&quot;", "7.5", "7.50 €"),
        // Fifteen figures are rounded, as spreadsheets do.
        ("0.00", "2.675", "2.68"), ("0.00", "10163.674999999999", "10163.68"), ("0%", "0.285", "29 %"),
        ("0.00", "2.6749", "2.67"), ("General", "405641.4", "405641.4"),
        // A dash for zero.
        ("_(* #,##0_);_(* (#,##0);_(* &quot;-&quot;??_);_(@_)", "0", "0"),
        ("_(&quot;$&quot;* #,##0_);_(&quot;$&quot;* (#,##0);_(&quot;$&quot;* &quot;-&quot;??_)", "0", "$ 0"),
        // In thousands and millions.
        ("#,##0,&quot;k&quot;", "1250000", "1250 k"), ("0.0,,&quot; M&quot;", "1250000", "1.3 M"),
        ("#,##0", "1250000", "1250000"),
        // Numbers of a fixed width.
        ("00000", "1234", "01234"), ("000.0", "-7.25", "-007.3"),
        // Fractions and powers of ten.
        ("# ?/?", "0.5", "0.5"), ("# ??/100", "2.25", "2.25"), ("0.00E+00", "1500", "1500"),
        ("# ?/8", "0.375", "0.375"), ("# ?/16&quot; in&quot;", "1.5", "1.5 in"),
        // Dates, and times of day and of work.
        ("[ss]", "0.00052083", "0:00:45"), ("[h]:mm:ss", "1.50052083", "36:00:45"), ("[h]:mm", "0.00052083", "0:01"),
        ("yyyy-mm-dd", "46082", "2026-03-01"), ("mmmm", "46082", "2026-03-01"), ("h:mm", "0.375", "09:00"),
        ("[h]:mm", "1.5", "36:00"), ("[hh]:mm:ss", "-0.03125", "-0:45"), ("[$-407]dd.mm.yyyy", "46082", "2026-03-01"),
        ("h:mm:ss", "0.3755208", "09:00:45"), ("mm:ss", "0.0104166667", "00:15"),
        // Sections by conditions, and by signs.
        ("[&lt;1]0%;0&quot; EUR&quot;", "20", "20 EUR"), ("[&lt;1]0%;0&quot; EUR&quot;", "0.25", "25 %"),
        ("[&gt;=1000]#,##0,&quot;k&quot;;0", "800", "800"), ("[&gt;=1000]#,##0,&quot;k&quot;;0", "-2000", "-2000"),
        ("[=1]&quot;Yes&quot;;[=0]&quot;No&quot;", "1", "Yes"), ("[=1]&quot;Yes&quot;;[=0]&quot;No&quot;", "0", "No"),
        ("[=1]&quot;Yes&quot;;[=0]&quot;No&quot;", "2", "2"), ("[&gt;100]0.0;[&lt;-5]-0;0", "-7", "-7"),
        ("&quot;+&quot;0;&quot;-&quot;0;0", "-4", "-4"), ("&quot;+&quot;0;&quot;-&quot;0;0", "3", "+3"),
        ("0;-0;&quot;none&quot;", "0", "none"), ("0;[Red]0", "-5", "-5"), ("[Red]", "7", "7"),
        ("#,##0.00_);(#,##0.00)", "-1200.5", "-1200.50"), ("0&quot; over&quot;;0&quot; under&quot;", "-3", "3 under"),
        // Literals.
        ("General&quot; days&quot;", "28", "28 days"), ("&quot;E&quot;0", "15", "E15"),
        ("&quot;up to &quot;0", "5", "up to 5"),
        ("000-000", "123456", "123-456"), ("0&quot;a;b&quot;", "5", "5 a;b"),
        // What is not shown.
        (";;;", "42", ""),
    ])
    func areFormattedByTheirCode(code: String, number: String, text: String) {
        let formats = WorkbookFormats(
            Array(
                """
                <styleSheet><numFmts><numFmt numFmtId="164" formatCode="\(code)"/></numFmts>
                <cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>
                """.utf8
            )
        )
        #expect(formats.text(of: number, style: 0) == text)
    }

    @Test(arguments: [
        ("37", "-1200.5", "-1201"), ("39", "-1200.5", "-1200.50"), ("41", "1200.5", "1201"), ("43", "0.005", "0.01"),
        ("44", "-3.456", "-3.46"),
    ])
    func areFormattedByAKnownFormat(id: String, number: String, text: String) {
        let formats = WorkbookFormats(
            Array("<styleSheet><cellXfs><xf numFmtId=\"\(id)\"/></cellXfs></styleSheet>".utf8)
        )
        #expect(formats.text(of: number, style: 0) == text)
    }
}
