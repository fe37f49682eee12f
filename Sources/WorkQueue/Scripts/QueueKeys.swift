/// The names of a queue's keys.
///
/// | key | type | contents |
/// |---|---|---|
/// | `queue:<queue>:stage:<stage>` | stream | the messages that are ready in the stage, or worked on |
/// | `queue:<queue>:messages` | hash | the fields of all messages |
/// | `queue:<queue>:ages` | sorted set | the messages that are not dead, by the millisecond of their arrival |
/// | `queue:<queue>:delayed` | sorted set | the messages to try again, by the millisecond at which they are due |
/// | `queue:<queue>:dead` | stream | the messages that are given up |
/// | `queue:<queue>:counts` | hash | the attempts that failed, `<stage>:retries` |
/// | `queue:<queue>:line:<line>` | list | the messages of a line, the first of which is ready, delayed or worked on |
/// | `queue:<queue>:seen:<key>` | string | the message that came with the key |
struct QueueKeys: Sendable {
    let configuration: WorkQueueConfiguration

    private var prefix: String { "queue:\(configuration.name):" }

    /// The keys that every script declares, in the order of the scripts' common beginning.
    var common: [String] {
        ["messages", "ages", "delayed", "dead", "counts"].map { prefix + $0 }
            + configuration.stages.map { stage($0.name) }
    }

    func stage(_ name: String) -> String { "\(prefix)stage:\(name)" }
    func line(_ name: String) -> String { "\(prefix)line:\(name)" }
    func seen(_ key: String) -> String { "\(prefix)seen:\(key)" }
}
