internal import OpenAI

extension Diagnosis {
    /// Says whether upstream has the thread that callers without a name share; nil where the settings name none.
    func sharedThread() async -> Finding? {
        guard let id = assistant.settings.sharedThread else { return nil }
        do throws(OpenAIError) {
            guard try await assistant.backend.hasThread(id) else {
                return finding(.fault, "upstream does not know \(id); check THREAD_ID")
            }
            return finding(.good, "callers who name no user share \(id)")
        } catch {
            return finding(.fault, "\(id) could not be looked for: \(PolicyAssistantError(error))")
        }
    }

    private func finding(_ level: Finding.Level, _ text: String) -> Finding {
        Finding(level: level, subject: "shared thread", text: text)
    }
}
