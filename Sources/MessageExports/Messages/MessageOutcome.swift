/// What becomes of a message of an export.
enum MessageOutcome {
    /// It has a text of its sender.
    case kept(Message)
    /// It is left out.
    case leftOut(LeftOut.Reason)
}
