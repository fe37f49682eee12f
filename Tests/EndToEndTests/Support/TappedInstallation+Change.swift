import TestSupport
import Testing

extension TappedInstallation {
    /// Lends an installation that has synced once and has one document changed since.
    static func withChange(
        over api: UpstreamAPI,
        _ body: (TappedInstallation) async throws -> Void
    ) async throws {
        try await with(over: api, documents: Documents.all) { installation in
            #expect(try await installation.syncing.sync().result.status == 0)
            try installation.syncing.write(Documents.leave(days: 31), to: "leave/annual-leave.md")
            try await body(installation)
        }
    }

    func expectAgreement() async throws {
        let faults = try await Agreement(of: self).faults()
        #expect(faults == [])
    }
}
