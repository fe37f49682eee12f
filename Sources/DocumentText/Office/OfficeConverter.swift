internal import Foundation

/// Converts a document of another format to a present format of Office by LibreOffice.
///
/// LibreOffice runs without a window, with a profile of its own that allows neither macros nor external content, and
/// writes only into the given folder.
struct OfficeConverter: Sendable {
    /// The limits of the conversion.
    let limits: ExtractionLimits
    /// The part of LibreOffice that reads the format.
    let program: OptionalProgram
    /// Whether that part is installed.
    let isInstalled: Bool

    /// Creates a converter.
    ///
    /// - Parameters:
    ///   - limits: The limits of the conversion.
    ///   - program: The part of LibreOffice that reads the format.
    ///   - isInstalled: Whether that part is installed; nil to check.
    init(limits: ExtractionLimits, program: OptionalProgram, isInstalled: Bool? = nil) {
        self.limits = limits
        self.program = program
        self.isInstalled = isInstalled ?? program.isInstalled
    }

    /// Converts a document.
    ///
    /// - Parameters:
    ///   - path: The document's path.
    ///   - fileExtension: The extension for the document's content.
    ///   - folder: The folder that LibreOffice may write to.
    /// - Returns: The path of the converted document.
    /// - Throws: `ExtractionError` if LibreOffice is not installed, cannot read the document, or exceeds the limits.
    func convert(
        fileAt path: String,
        fileExtension: String,
        in folder: WorkingFolder
    ) async throws(ExtractionError) -> String {
        guard isInstalled, let format = program.presentExtension else {
            throw .server(
                "\(program.name), which reads .\(fileExtension) files, is not installed: install the package "
                    + "\(program.debianPackage)."
            )
        }
        let directory = try folder.path()
        let source = "\(directory)/document.\(fileExtension)"
        do {
            let profile = "\(directory)/profile/user"
            try FileManager.default.createDirectory(atPath: profile, withIntermediateDirectories: true)
            try Data(Self.profile.utf8).write(to: URL(filePath: "\(profile)/registrymodifications.xcu"))
            // LibreOffice also goes by the name.
            try FileManager.default.createSymbolicLink(atPath: source, withDestinationPath: path)
        } catch {
            throw .server("The temporary folder to convert the file in cannot be used.")
        }
        _ = try await HelperProgram.soffice.run(
            [
                "-env:UserInstallation=\(URL(filePath: "\(directory)/profile").absoluteString)", "--headless",
                "--norestore",
                "--nolockcheck", "--nodefault", "--nologo", "--convert-to", format, "--outdir",
                "\(directory)/converted",
                source,
            ],
            within: limits,
            writingIn: folder
        )
        let converted = "\(directory)/converted/document.\(format)"
        guard FileManager.default.fileExists(atPath: converted) else {
            throw .invalid("LibreOffice cannot read the file: it is damaged, or protected with a password.")
        }
        return converted
    }

    /// LibreOffice's settings: no macros, no updates of links, no external content.
    private static let profile: String = {
        let settings: [(path: String, name: String, value: String)] = [
            ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
            ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
            ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
            ("Writer/Content/Update", "Link", "0"), ("Calc/Content/Update", "Link", "2"),
        ]
        let items = settings.map { setting in
            "<item oor:path=\"/org.openoffice.Office.\(setting.path)\"><prop oor:name=\"\(setting.name)\" "
                + "oor:op=\"fuse\"><value>\(setting.value)</value></prop></item>"
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <oor:items xmlns:oor="http://openoffice.org/2001/registry">\(items.joined())</oor:items>
            """
    }()
}
