internal import GRDB

extension Error {
    /// What a log may say of an error: its kind, and nothing of what it was about.
    var kind: String {
        (self as? DatabaseError)?.extendedResultCode.description ?? String(describing: type(of: self))
    }
}
