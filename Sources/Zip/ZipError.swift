/// Why an archive or one of its members cannot be read.
public enum ZipError: Error, Sendable, Hashable {
    /// The file is no archive, or not a whole one.
    case damaged
    /// The member needs a password.
    case encrypted
    /// The archive has more members than are read.
    case tooManyMembers
    /// A member, or all members that were read together, have more bytes than this.
    case tooLarge(limit: Int)
}
