import Testing

@testable import DocumentText

/// What every page of a site has beside its text.
@Suite struct PageClutterTests {
    private func texts(_ page: String) throws -> [String] {
        try HTMLReader.document(from: page).blocks.map(\.text)
    }

    @Test(arguments: [
        "<div id=cookie-banner><p>We use cookies.</p><button>Accept</button></div>",
        "<section class='x gdpr-notice'>We use cookies. <a class='btn-ok btn' href=/privacy>OK</a></section>",
        "<div class=consent-banner>We use cookies. <a role=button>OK</a></div>",
        "<footer><ul><li><a href=/imprint>Imprint</a><li><a href=/privacy>Privacy</a></ul>ACME Ltd, Graz</footer>",
    ])
    func leavesOutNoticesOfCookiesAndTheFooterOfASite(clutter: String) throws {
        #expect(
            try texts("<body>\(clutter)<h2>Lockers</h2><p>A locker costs five euros.</p></body>") == [
                "Lockers", "A locker costs five euros.",
            ]
        )
    }

    @Test(arguments: [
        "<footer>Valid from May. <a href='mailto:hr@example.com'>HR</a> <a href='tel:5'>5</a></footer>",
        "<article>Valid from May.<footer><a href=/a>HR</a> <a href=/b>5</a></footer></article>",
        "<div class=cookie-policy>Valid from May. <a href=/a>HR</a> 5</div>",
        "<div class=consent><h1>Valid from May. HR</h1><button>5</button></div>",
        "<main><div id=cookies>Valid from May. HR <button>5</button></div><p>End.</main>",
        "<div class=consent>Valid from May. HR 5</div>",
        "<div class=consent-form>Valid from May. HR <button>5</button></div>",
        "<section id=cookies><p>Valid from May. <a href=/a>HR</a> 5</section>",
    ])
    func keepsFootersAndTextsOfTheDocument(part: String) throws {
        let text = try texts("<body>\(part)<p>End.</p></body>").joined(separator: " ")
        #expect(text == "Valid from May. HR 5 End.")
    }

    @Test func readsThePageWhoseMainElementIsACaption() throws {
        let rule = String(repeating: "Staff get thirty days of leave a year. ", count: 9).onOneLine
        let page = "<body><figure><main>Photo: Bo</main></figure><h1>Leave</h1><p>\(rule)</p></body>"
        #expect(try texts(page) == ["Photo: Bo", "Leave", rule])
        let short = "<main><p>Payday is the 25th of a month.</p></main><div>This is the staff's own site.</div>"
        #expect(try texts(short) == ["Payday is the 25th of a month."])
    }
}
