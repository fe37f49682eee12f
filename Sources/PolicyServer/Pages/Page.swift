/// The chat page: HTML, CSS and JavaScript modules from the folder Web, embedded in the program.
struct Page: Sendable {
    /// The HTML document, which references the files by the version.
    let index: PageFile
    /// The other files, by name.
    let files: [String: PageFile]
    /// A digest of all files.
    let version: String

    init() {
        files = Dictionary(uniqueKeysWithValues: Self.sources.map { ($0.name, PageFile($0.bytes, $0.type)) })
        version = PageFile.digest(of: Self.sources.flatMap(\.bytes))
        let html = String(decoding: PackageResources.index_html, as: UTF8.self)
        index = PageFile(Array(html.replacing("{version}", with: version).utf8), PageFile.html)
    }

    private static let sources: [(name: String, type: String, bytes: [UInt8])] = [
        ("base.css", PageFile.css, PackageResources.base_css),
        ("chat.css", PageFile.css, PackageResources.chat_css),
        ("document.css", PageFile.css, PackageResources.document_css),
        ("options.css", PageFile.css, PackageResources.options_css),
        ("sign-in.css", PageFile.css, PackageResources.sign_in_css),
        ("icon.svg", PageFile.svg, PackageResources.icon_svg),
        ("main.js", PageFile.javaScript, PackageResources.main_js),
        ("api.js", PageFile.javaScript, PackageResources.api_js),
        ("announcer.js", PageFile.javaScript, PackageResources.announcer_js),
        ("answer-view.js", PageFile.javaScript, PackageResources.answer_view_js),
        ("composer.js", PageFile.javaScript, PackageResources.composer_js),
        ("conversation.js", PageFile.javaScript, PackageResources.conversation_js),
        ("document-view.js", PageFile.javaScript, PackageResources.document_view_js),
        ("dom.js", PageFile.javaScript, PackageResources.dom_js),
        ("event-stream.js", PageFile.javaScript, PackageResources.event_stream_js),
        ("inline-markup.js", PageFile.javaScript, PackageResources.inline_markup_js),
        ("markup.js", PageFile.javaScript, PackageResources.markup_js),
        ("microphone.js", PageFile.javaScript, PackageResources.microphone_js),
        ("passage.js", PageFile.javaScript, PackageResources.passage_js),
        ("problems.js", PageFile.javaScript, PackageResources.problems_js),
        ("recorder.js", PageFile.javaScript, PackageResources.recorder_js),
        ("scrolling.js", PageFile.javaScript, PackageResources.scrolling_js),
        ("session.js", PageFile.javaScript, PackageResources.session_js),
        ("sign-in-view.js", PageFile.javaScript, PackageResources.sign_in_view_js),
        ("speaker.js", PageFile.javaScript, PackageResources.speaker_js),
        ("memory.js", PageFile.javaScript, PackageResources.memory_js),
        ("model-settings.js", PageFile.javaScript, PackageResources.model_settings_js),
        ("options-drawer.js", PageFile.javaScript, PackageResources.options_drawer_js),
        ("storage.js", PageFile.javaScript, PackageResources.storage_js),
        ("texts.js", PageFile.javaScript, PackageResources.texts_js),
        ("turn.js", PageFile.javaScript, PackageResources.turn_js),
        ("welcome.js", PageFile.javaScript, PackageResources.welcome_js),
    ]
}
