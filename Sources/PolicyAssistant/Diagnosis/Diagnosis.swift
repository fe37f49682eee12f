internal import DocumentText
public import FoundationEssentials
public import OpenAI

/// Tries each thing that the product depends on, and says what to mend.
public struct Diagnosis: Sendable {
    let assistant: Assistant
    let openAI: OpenAIClient
    private let today: Date
    private let earlierFindings: [Finding]

    /// How long before a model's end a warning is due.
    private static let notice: TimeInterval = 90 * 24 * 3600

    /// Creates a diagnosis.
    ///
    /// - Parameters:
    ///   - assistant: The parts to try.
    ///   - openAI: A client of the upstream.
    ///   - today: The day from which a model's end is counted.
    ///   - earlierFindings: What was found while the parts were made; it is told first.
    public init(
        assistant: Assistant,
        openAI: OpenAIClient,
        today: Date = .now,
        earlierFindings: [Finding] = []
    ) {
        self.assistant = assistant
        self.openAI = openAI
        self.today = today
        self.earlierFindings = earlierFindings
    }

    /// Runs all checks.
    ///
    /// What fails is a finding, never an error.
    public func findings() async -> [Finding] {
        let settings = assistant.settings
        var findings = earlierFindings
        findings += settings.warnings.map { Finding(level: .warning, subject: "configuration", text: $0) }
        findings += await databases()
        findings.append(await callers())
        findings.append(assetsFolder())
        findings.append(instructions())
        findings += await upstream()
        if let finding = Self.engineSearch(assistant.settings) { findings.append(finding) }
        findings += readingPrograms()
        findings += await limits()
        if let finding = await sharedThread() { findings.append(finding) }
        findings.append(await corpus())
        return findings
    }

    private func assetsFolder() -> Finding {
        let directory = assistant.settings.assetsDirectory
        do {
            let found = try AssetScanner(root: directory, readBy: assistant.settings.upstream).scan()
            guard !found.files.isEmpty else {
                return Finding(level: .fault, subject: "documents", text: "\(directory): no document; check ASSETS_DIR")
            }
            let text = "\(directory): \(found.files.count) documents"
            guard let first = found.leftOut.first else {
                return Finding(level: .good, subject: "documents", text: text)
            }
            return Finding(
                level: .warning,
                subject: "documents",
                text: "\(text); \(found.leftOut.count) left out, for example \(first.path): \(first.reason)"
            )
        } catch {
            return Finding(level: .fault, subject: "documents", text: error.message)
        }
    }

    /// Tells how the embedded engine finds passages; nil where another upstream answers.
    static func engineSearch(_ settings: Settings) -> Finding? {
        let folder = settings.encoderDirectory ?? ""
        let (level, text): (Finding.Level, String)
        switch settings.engineSearch {
        case nil: return nil
        case .words:
            (level, text) = (
                .warning, "by the words of the question; scripts/fetch-encoder fetches encoders that find more"
            )
        case .englishMeaning:
            (level, text) = (
                .warning,
                """
                by their meaning, with the sentence encoder for English in \(folder); there is none for other languages \
                in \(folder)/multilingual, so that questions and documents in them are hardly found; \
                scripts/fetch-encoder fetches it
                """
            )
        case .meaning:
            (level, text) = (
                .good, "by their meaning, with the sentence encoders for English and for other languages in \(folder)"
            )
        }
        return Finding(level: level, subject: "finding passages", text: text)
    }

    /// Tells which of the programs are there that the embedded engine reads some documents with.
    private func readingPrograms() -> [Finding] {
        guard case .embedded = assistant.settings.upstream else { return [] }
        return OptionalProgram.allCases.map { program in
            let subject = "reading \(program.purpose)"
            guard program.isInstalled else {
                let text = "they are left out; \(program.name) reads them, in the package \(program.debianPackage)"
                return Finding(level: .warning, subject: subject, text: text)
            }
            return Finding(level: .good, subject: subject, text: "by \(program.name)")
        }
    }

    private func upstream() async -> [Finding] {
        let settings = assistant.settings
        let models: [Model]
        do {
            models = try await translatingUpstreamErrors { try await openAI.models.list() }
        } catch {
            let text = "\(settings.upstreamIdentity): \(words(for: error))"
            return [Finding(level: .fault, subject: "upstream", text: text)]
        }
        let reachable = Finding(level: .good, subject: "upstream", text: "\(settings.upstreamIdentity): answers")
        guard let model = models.first(where: { $0.id == settings.model }) else {
            let text = "\(settings.model) is not offered to this account; set OPENAI_MODEL to one that is"
            return [reachable, Finding(level: .fault, subject: "model", text: text)]
        }
        return [reachable, lifetime(of: model)]
    }

    private func lifetime(of model: Model) -> Finding {
        guard let day = model.shutdownDate, let end = try? Date(day, strategy: .iso8601.year().month().day()) else {
            return Finding(level: .good, subject: "model", text: "\(model.id): no end announced")
        }
        guard end.timeIntervalSince(today) > 0 else {
            let text = "\(model.id) was shut down on \(day); set OPENAI_MODEL to another"
            return Finding(level: .fault, subject: "model", text: text)
        }
        guard end.timeIntervalSince(today) > Self.notice else {
            let text = "\(model.id) is shut down on \(day); set OPENAI_MODEL to another before then"
            return Finding(level: .warning, subject: "model", text: text)
        }
        return Finding(level: .good, subject: "model", text: "\(model.id): available until \(day)")
    }

    private func corpus() async -> Finding {
        do {
            guard let corpus = try await assistant.files.corpus(), corpus.isHeld(asIn: assistant.settings) else {
                let text = "nothing synced to this upstream yet; run policy-assistant sync"
                return Finding(level: .warning, subject: "corpus", text: text)
            }
            let isThere = try await assistant.sync.index.hasStore(corpus.vectorStoreID)
            guard isThere else {
                let text = "the vector store is gone upstream; run policy-assistant sync --repair"
                return Finding(level: .fault, subject: "corpus", text: text)
            }
            return Finding(
                level: .good,
                subject: "corpus",
                text: "revision \(corpus.revision), synced \(corpus.syncedAt.timestamp)"
            )
        } catch {
            return Finding(level: .fault, subject: "corpus", text: "could not be checked, see above")
        }
    }
}
