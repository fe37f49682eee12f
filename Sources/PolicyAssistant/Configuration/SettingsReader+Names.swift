extension SettingsReader {
    /// Reports the lines of a `.env` file that cannot be read, and names that were most likely meant to be settings.
    ///
    /// In the file such a name is a fault. In the environment, where other programs have variables too, it is a warning,
    /// and only with a beginning that is ours.
    ///
    /// - Parameters:
    ///   - file: The file's content.
    ///   - path: The file's path, for the reader of the fault.
    ///   - environment: The environment.
    mutating func checkNames(of file: EnvironmentFile, at path: String, environment: [String: String]) {
        for line in file.faults {
            fault(line.line.map { "\(path), line \($0)" } ?? path, line.problem)
        }
        let known = Set(SettingNames.parts.keys)
        for entry in file.entries {
            if let setting = SettingNames.nearest(to: entry.name, among: known) {
                fault(entry.name, "in \(path), line \(entry.line), is not a setting; \(setting) is")
            } else if let setting = SettingNames.synonym(of: entry.name), text(setting, isSecret: true) == nil {
                warn("\(entry.name) in \(path), line \(entry.line), is not a setting; \(setting) is")
            }
        }
        for name in environment.keys.sorted() where SettingNames.hasOwnPrefix(name) {
            guard let setting = SettingNames.nearest(to: name, among: known) else { continue }
            warn("\(name) in the environment is not a setting; was \(setting) meant?")
        }
    }
}
