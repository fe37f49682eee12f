/// When a sync does not begin, as what it would do is most likely not meant.
extension SyncState {
    /// - Throws: ``PolicyAssistantError`` with the code `syncRefused`.
    func refuse(_ options: SyncOptions) throws(PolicyAssistantError) {
        try refuseLeftOutFiles(options)
        try refuseMassRemoval(options)
    }

    private func refuseLeftOutFiles(_ options: SyncOptions) throws(PolicyAssistantError) {
        let untaken = receipt(isDryRun: true).leftOut + failed
        guard options.isStrict, !untaken.isEmpty else { return }
        let list = untaken.map { "\n  " + "\($0.path): \($0.reason)".escapingControls() }.joined()
        throw PolicyAssistantError(
            .syncRefused,
            "With --strict every file has to be taken, and \(untaken.count) cannot be. Nothing was changed.\(list)"
        )
    }

    private func refuseMassRemoval(_ options: SyncOptions) throws(PolicyAssistantError) {
        guard !options.allowsMassRemoval else { return }
        guard !findings.files.isEmpty || !plan.unchanged.isEmpty else {
            throw PolicyAssistantError(
                .syncRefused,
                """
                There is no document in the assets folder. Nothing was changed; check ASSETS_DIR. \
                With --allow-mass-removal all documents would be removed.
                """
            )
        }
        let present = Set(findings.files.map { ExactPath($0.path) } + plan.unchanged.map { ExactPath($0.path) })
        let renamed = Set(plan.renamed.map { ExactPath($0.previous.path) })
        let removals = records.count { !present.contains(ExactPath($0.path)) && !renamed.contains(ExactPath($0.path)) }
        guard removals * 2 > records.count else { return }
        throw PolicyAssistantError(
            .syncRefused,
            """
            This would remove \(removals) of \(records.count) documents. Nothing was changed; check ASSETS_DIR. \
            With --allow-mass-removal it is done.
            """
        )
    }
}
