extension Diagnosis {
    /// Says which instructions hold, and whether they can be read.
    func instructions() -> Finding {
        guard let path = assistant.settings.instructionsFile else {
            return finding(.good, "those inside the program; INSTRUCTIONS_FILE names no other")
        }
        do throws(PolicyAssistantError) {
            let text = try Instructions(path: path).text()
            guard text.contains(where: { !$0.isWhitespace }) else {
                return finding(.warning, "\(path): empty; the model is asked without instructions")
            }
            return finding(.good, path)
        } catch {
            return finding(.fault, "\(path): \(error.message)")
        }
    }

    private func finding(_ level: Finding.Level, _ text: String) -> Finding {
        Finding(level: level, subject: "instructions", text: text)
    }
}
