import Testing

@testable import DocumentText

/// The labels of panels, and what pictures and controls of a page say.
@Suite struct PanelTests {
    @Test(arguments: [
        (
            "<ul class='nav nav-tabs'><li><a data-toggle=tab href='#a'>Peru</a><li><a data-toggle=tab href='#b'>Chile</a></ul><div id=a>30 days</div><div id=b>25 days</div>",
            ["Peru", "30 days", "Chile", "25 days"]
        ),
        (
            "<nav><div role=tablist><button role=tab aria-controls=a>Peru</button></div></nav><div id=a>30 days</div>",
            ["Peru", "30 days"]
        ),
        (
            "<div class=tabs><a onclick=\"show(event, 'a')\">Peru</a></div><div id=a><p>30 days</div>",
            ["Peru", "30 days"]
        ),
        // The button before a panel, and a tab whose panel is unknown.
        ("<button aria-controls=a>Peru</button><div id=a>30 days</div>", ["Peru", "30 days"]),
        (
            "<div class=tabs><button onclick=\"f('a')\">Peru</button><button>Chile</button></div><div id=a>30</div><div id=b>25</div>",
            ["Peru Chile", "30", "25"]
        ),
        ("<ul><li><a href='#a'>Peru</a></ul><div id=a>30 days</div>", ["Peru", "30 days"]),
        // Components, headings that are named as menus, and elements that begin a line by their style.
        (
            "<TabItem label='Peru'>30 days</TabItem><tab-panel title=Chile>25 days</tab-panel>",
            ["Peru", "30 days", "Chile", "25 days"]
        ),
        ("<Note title={'Peru'}>30 days</Note><Note title={x}>25 days</Note>", ["Peru", "30 days", "25 days"]),
        ("<h2 class=menu-title><a href=x>Peru</a></h2><p>30 days", ["Peru", "30 days"]),
        ("<span style='display:block'>Peru</span><span style='display: block'>30 days</span>", ["Peru", "30 days"]),
        (
            "<div role=table><div role=row><span role=columnheader>Level</span><span role=columnheader>Days</span></div><div role=row><span role=cell>A</span><span role=cell>28</span></div></div>",
            ["Level: A; Days: 28"]
        ),
    ])
    func tellsLabelsBeforePanels(page: String, lines: [String]) throws {
        #expect(try HTMLReader.document(from: page).blocks.map(\.text) == lines)
    }

    @Test(arguments: [
        ("<img alt='(tick)'>", "✓"), ("<img alt='(error)'> from 2026", "✗ from 2026"), ("<img alt=Yes>", "Yes"),
        ("<img alt='flag.png'>5", "5"), ("<img alt=Italy> Italy", "Italy"), ("<i aria-label=yes></i>", "yes"),
        ("<svg><title>No</title></svg>", "No"), ("<i class='fa fa-check-circle'></i>", "✓"),
        ("<input type=checkbox checked disabled>", "☒"), ("<input type=radio>", "☐"),
        ("<input value='5 days'>", "5 days"),
        ("<input type=hidden value=7>5", "5"), ("<input type=checkbox checked hidden style='display:none'>5", "5"),
    ])
    func tellsPicturesAndControlsOfCells(cell: String, text: String) throws {
        let page = "<table><tr><th>Who<th>What<tr><td>All<td>\(cell)</table>"
        #expect(try HTMLReader.document(from: page).blocks.map(\.text) == ["Who: All; What: \(text)"])
    }

    @Test(arguments: [
        ("<p><input type=radio checked> 3 days <input type=radio> 5 days", "☒ 3 days ☐ 5 days"),
        ("<p>Limit <input value='120 euros' readonly>.", "Limit 120 euros ."),
        ("<p>Name <input value='Ana'><input type=submit value=Send readonly>", "Name"),
        ("<div><input type=checkbox></div><p>Text", "Text"),
    ])
    func tellsChoicesOutsideOfTables(page: String, text: String) throws {
        #expect(try HTMLReader.document(from: page).blocks.map(\.text) == [text])
    }

    @Test(arguments: [
        // Tabs, and buttons of an accordion; what is hidden with its control, or is shown over the page, is left out.
        (
            "<div role=tablist><button role=tab aria-controls=a>Peru</button><button role=tab aria-controls=b>Chile</button></div><div id=a>30 days</div><div id=b style='display:none'>25 days</div>",
            ["Peru", "30 days", "Chile", "25 days"]
        ),
        (
            "<div role=tablist><a role=tab id=t>Peru</a></div><div role=tabpanel aria-labelledby=t hidden>30 days</div>",
            ["Peru", "30 days"]
        ),
        (
            "<h3><button aria-controls=a aria-expanded=false>Move?</button></h3><div id=a hidden>1 day</div><div id=b hidden>9 days</div>",
            ["Move?", "1 day"]
        ),
        (
            "<style>.c{display:none}</style><a data-bs-toggle=collapse href='#a'>Move?</a><div id=a class=c>1 <s>3</s> day</div>",
            ["Move?", "1 day"]
        ),
        ("<p>Now</p><div hidden><button aria-controls=a>Old</button></div><div id=a hidden>9 days</div>", ["Now"]),
        (
            "<p>Now</p><button aria-controls=a aria-haspopup=true>More</button><div id=a hidden>Log out</div>",
            ["Now", "More"]
        ),
        ("<p>Now</p><button aria-controls=a>More</button><div id=a role=dialog hidden>Log out</div>", ["Now", "More"]),
    ])
    func tellsPanelsThatAControlOpens(page: String, lines: [String]) throws {
        #expect(try HTMLReader.document(from: page).blocks.map(\.text) == lines)
    }
}
