internal import FoundationEssentials
internal import Redis

/// The certificates that are trusted, upstream and in Redis.
struct TrustedCertificates: Sendable {
    /// A PEM file of certificates to trust besides those of the system.
    var file: String?
    /// Folders of such files, with colons between them.
    var directories: String?
    /// The PEM files of both.
    var files: [String] = []
}

extension SettingsReader {
    /// Reads the certificates that are trusted everywhere, from `TLS_CA_FILE` or else the variables of OpenSSL and curl.
    mutating func trustedCertificates() -> TrustedCertificates {
        var trust = TrustedCertificates()
        trust.file = certificates("TLS_CA_FILE") ?? certificates("CURL_CA_BUNDLE") ?? certificates("SSL_CERT_FILE")
        trust.files = trust.file.map { [$0] } ?? []
        guard let directories = text("SSL_CERT_DIR") else { return trust }
        let folders = directories.split(separator: ":").map(String.init)
        guard folders.contains(where: { (try? FileManager.default.contentsOfDirectory(atPath: $0)) != nil }) else {
            fault("SSL_CERT_DIR", "there is no folder at “\(directories)” that can be read")
            return trust
        }
        trust.directories = directories
        for folder in folders {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            trust.files += names.sorted().map { "\(folder)/\($0)" }.filter { Self.holds("CERTIFICATE", at: $0) }
        }
        return trust
    }

    /// Reads the settings of TLS to one Redis server.
    ///
    /// - Parameters:
    ///   - suffix: The end of the variables' names.
    ///   - fallback: The settings of TLS where nothing is set.
    ///   - trust: The certificates that are trusted where none are set for the server.
    /// - Returns: The settings of TLS; nil for a connection without TLS.
    mutating func redisTLS(
        suffix: String,
        fallback: RedisConfiguration.TLS?,
        _ trust: TrustedCertificates
    ) -> RedisConfiguration.TLS? {
        let names = TLSVariables(suffix: suffix)
        let isOn = boolean("REDIS_TLS\(suffix)", default: fallback != nil)
        var tls = fallback ?? RedisConfiguration.TLS()
        if let file = certificates(names.authority) { tls.trustRootsFile = file }
        tls.additionalTrustRootsFiles = tls.trustRootsFile == nil ? trust.files : []
        if let certificate = certificates(names.certificate) {
            (tls.certificateFile, tls.keyFile) = (certificate, pem("PRIVATE KEY", names.key))
        } else if text(names.key) != nil, text(names.certificate) == nil {
            fault(names.key, "needs \(names.certificate), the certificate that the key belongs to")
        }
        guard isOn else { return nil }
        do throws(RedisConfiguration.TLS.InvalidFile) {
            // A fault is reported once.
            if tls != fallback, !faults.contains(where: { names.all.contains($0.name) }) { try tls.validate() }
        } catch {
            fault(names.name(of: error.file), error.problem)
        }
        return tls
    }

    private struct TLSVariables {
        let suffix: String
        var authority: String { "REDIS_CA_FILE\(suffix)" }
        var certificate: String { "REDIS_CLIENT_CERT_FILE\(suffix)" }
        var key: String { "REDIS_CLIENT_KEY_FILE\(suffix)" }
        var all: [String] { [authority, certificate, key, "TLS_CA_FILE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"] }

        func name(of file: RedisConfiguration.TLS.InvalidFile.File) -> String {
            switch file {
            case .trustRoots: authority
            case .additionalTrustRoots: "TLS_CA_FILE"
            case .certificate: certificate
            case .key: key
            }
        }
    }

    /// Reads the path of a PEM file of certificates; nil where none is set, or the file is not valid.
    private mutating func certificates(_ name: String) -> String? { pem("CERTIFICATE", name) }

    /// Reads the path of a PEM file with a block of that kind.
    private mutating func pem(_ kind: String, _ name: String) -> String? {
        guard text(name) != nil else { return nil }
        let faultsBefore = faults.count
        let path = existing(name, .file, default: "")
        guard faults.count == faultsBefore else { return nil }
        guard FileManager.default.isReadableFile(atPath: path) else {
            fault(name, "“\(path)” cannot be read by this user")
            return nil
        }
        guard Self.holds(kind, at: path) else {
            fault(name, "“\(path)” has no \(kind.lowercased()) in PEM (-----BEGIN … \(kind)-----)")
            return nil
        }
        return path
    }

    /// Whether a file has a PEM block whose label ends with these words.
    private static func holds(_ kind: String, at path: String) -> Bool {
        guard let data = FileManager.default.contents(atPath: path) else { return false }
        let text = String(decoding: data, as: UTF8.self)
        return text.contains("-----BEGIN ") && text.contains("\(kind)-----")
    }
}
