internal import NIOSSL

extension RedisConfiguration.TLS {
    /// A configured file that cannot be used.
    public struct InvalidFile: Error, Sendable, Hashable {
        /// Which file it is.
        public let file: File
        /// What is wrong with it, without its content.
        public let problem: String

        /// The files that the configuration names.
        public enum File: Sendable, Hashable {
            /// ``RedisConfiguration/TLS/trustRootsFile``.
            case trustRoots
            /// One of ``RedisConfiguration/TLS/additionalTrustRootsFiles``.
            case additionalTrustRoots
            /// ``RedisConfiguration/TLS/certificateFile``.
            case certificate
            /// ``RedisConfiguration/TLS/keyFile``.
            case key
        }
    }

    /// Reads all files, as connecting does.
    ///
    /// - Throws: ``InvalidFile`` for the first that cannot be used.
    public func validate() throws(InvalidFile) {
        do {
            _ = try makeContext()
        } catch let error as InvalidFile {
            throw error
        } catch {
            throw InvalidFile(file: .certificate, problem: "TLS cannot be set up with it")
        }
    }

    /// Reads all files.
    ///
    /// - Throws: ``InvalidFile``, or what NIOSSL throws.
    func makeContext() throws -> NIOSSLContext {
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.minimumTLSVersion = .tlsv12
        settings.certificateVerification = .fullVerification
        if let trustRootsFile {
            settings.trustRoots = .certificates(try Self.certificates(in: trustRootsFile, .trustRoots))
        }
        settings.additionalTrustRoots = try additionalTrustRootsFiles.map {
            .certificates(try Self.certificates(in: $0, .additionalTrustRoots))
        }
        if let certificateFile {
            let key = try privateKey(in: keyFile ?? certificateFile, keyFile == nil ? .certificate : .key)
            settings.certificateChain = try Self.certificates(in: certificateFile, .certificate)
                .map { .certificate($0) }
            settings.privateKey = .privateKey(key)
        }
        do {
            return try NIOSSLContext(configuration: settings)
        } catch  where certificateFile != nil {
            throw InvalidFile(file: .key, problem: "the private key does not belong to the certificate")
        }
    }

    private static func certificates(in path: String, _ file: InvalidFile.File) throws -> [NIOSSLCertificate] {
        do {
            let certificates = try NIOSSLCertificate.fromPEMFile(path)
            if !certificates.isEmpty { return certificates }
        } catch {
            // NIOSSL's error adds nothing.
        }
        throw InvalidFile(file: file, problem: "“\(path)” holds no certificate in PEM that can be read")
    }

    private func privateKey(in path: String, _ file: InvalidFile.File) throws -> NIOSSLPrivateKey {
        do {
            return try NIOSSLPrivateKey(file: path, format: .pem)
        } catch {
            throw InvalidFile(
                file: file,
                problem: "“\(path)” holds no private key in PEM that can be read without a password"
            )
        }
    }
}
