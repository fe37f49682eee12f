/// The chat page: plain HTML, CSS and JavaScript modules, built into the program from the folder Web.
struct Page: Sendable {
    /// The page itself, which names all its parts by their version.
    let index: PageFile
    /// The parts by their names.
    let parts: [String: PageFile]
    /// A name for all the parts together: where one has changed, it is another.
    let version: String

    init() {
        parts = Dictionary(uniqueKeysWithValues: Self.sources.map { ($0.name, PageFile($0.bytes, $0.type)) })
        version = PageFile.digest(of: Self.sources.flatMap(\.bytes))
        let html = String(decoding: PackageResources.index_html, as: UTF8.self)
        index = PageFile(Array(html.replacing("{version}", with: version).utf8), "text/html; charset=utf-8")
    }

    private static let sources: [(name: String, type: String, bytes: [UInt8])] = [
        ("base.css", css, PackageResources.base_css),
        ("chat.css", css, PackageResources.chat_css),
        ("document.css", css, PackageResources.document_css),
        ("icon.svg", "image/svg+xml", PackageResources.icon_svg),
        ("main.js", javaScript, PackageResources.main_js),
        ("api.js", javaScript, PackageResources.api_js),
        ("answer-view.js", javaScript, PackageResources.answer_view_js),
        ("composer.js", javaScript, PackageResources.composer_js),
        ("conversation.js", javaScript, PackageResources.conversation_js),
        ("document-view.js", javaScript, PackageResources.document_view_js),
        ("dom.js", javaScript, PackageResources.dom_js),
        ("event-stream.js", javaScript, PackageResources.event_stream_js),
        ("markup.js", javaScript, PackageResources.markup_js),
        ("passage.js", javaScript, PackageResources.passage_js),
        ("problems.js", javaScript, PackageResources.problems_js),
        ("scrolling.js", javaScript, PackageResources.scrolling_js),
        ("storage.js", javaScript, PackageResources.storage_js),
        ("texts.js", javaScript, PackageResources.texts_js),
        ("turn.js", javaScript, PackageResources.turn_js),
        ("welcome.js", javaScript, PackageResources.welcome_js),
    ]

    private static let css = "text/css; charset=utf-8"
    private static let javaScript = "text/javascript; charset=utf-8"
}
