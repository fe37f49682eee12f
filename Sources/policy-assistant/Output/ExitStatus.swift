internal import ArgumentParser
internal import Evaluation
internal import PolicyAssistant

/// The exit codes, which the help text explains; those above 63 are from `sysexits.h`.
enum ExitStatus {
    static let failed = ExitCode(1)
    static let documentsLeftOut = ExitCode(3)
    static let checkFailed = ExitCode(4)
    static let refused = ExitCode(5)
    static let belowBound = ExitCode(6)
    static let faultyInput = ExitCode(65)
    static let unavailable = ExitCode(69)
    static let locked = ExitCode(75)
    static let misconfigured = ExitCode(78)

    static func code(for error: PolicyAssistantError) -> ExitCode {
        switch error.code {
        case .storeUnavailable, .upstreamUnavailable, .upstreamTimeout: unavailable
        case .syncRunning, .syncLockLost: locked
        case .syncRefused: refused
        default: failed
        }
    }

    /// Returns the code of an evaluation that failed.
    static func code(for error: AskingError) -> ExitCode {
        let isUnreachable = [
            "service_unavailable", PolicyAssistantError.Code.storeUnavailable.description,
            PolicyAssistantError.Code.upstreamUnavailable.description,
            PolicyAssistantError.Code.upstreamTimeout.description,
        ].contains(error.code)
        return isUnreachable ? unavailable : failed
    }

    /// Returns the code of a completed sync; nil if all documents were synced and all checks passed.
    static func code(for receipt: SyncReceipt) -> ExitCode? {
        guard receipt.checks.failed.isEmpty else { return checkFailed }
        return receipt.isComplete ? nil : documentsLeftOut
    }
}
