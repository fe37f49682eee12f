internal import DocumentText

/// The documents, how they are read and found, and the instructions.
extension Diagnosis {
    /// Scans the assets folder.
    func assetsFolder() -> Finding {
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

    /// Says which of the programs are installed with which the embedded engine reads some documents.
    func readingPrograms() -> [Finding] {
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

    /// Says how the embedded engine finds passages; nil for another upstream.
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
                in \(folder)/multilingual, so that documents in them are hardly found; \
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

    /// Checks the revision in force.
    func corpus() async -> Finding {
        do {
            guard let corpus = try await assistant.files.corpus(), corpus.isAtUpstream(of: assistant.settings) else {
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

    /// Says which instructions are used, and whether they can be read.
    func instructions() -> Finding {
        guard let path = assistant.settings.instructionsFile else {
            return instructionsFinding(.good, "the built-in ones; INSTRUCTIONS_FILE names no file")
        }
        do throws(PolicyAssistantError) {
            let text = try Instructions(path: path).text()
            guard text.contains(where: { !$0.isWhitespace }) else {
                return instructionsFinding(.warning, "\(path): empty; the model is asked without instructions")
            }
            return instructionsFinding(.good, path)
        } catch {
            return instructionsFinding(.fault, "\(path): \(error.message)")
        }
    }

    private func instructionsFinding(_ level: Finding.Level, _ text: String) -> Finding {
        Finding(level: level, subject: "instructions", text: text)
    }
}
