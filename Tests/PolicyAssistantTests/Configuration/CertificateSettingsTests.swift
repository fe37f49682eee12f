import Foundation
import OpenAI
import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct CertificateSettingsTests {
    /// Lends a folder that has a certificate with its key, and an empty file.
    private func withCertificate(
        _ body: (_ certificate: TestCertificate, _ folder: String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try "".write(toFile: "\(folder)/empty.pem", atomically: true, encoding: .utf8)
            try await body(try await TestCertificate(in: folder, names: ["DNS:localhost"]), folder)
        }
    }

    @Test func redisTrustsItsOwnAuthorityAlone() async throws {
        try await withCertificate { certificate, _ in
            let file = certificate.certificateFile
            let settings = try await readSettings([
                "REDIS_TLS": "true", "REDIS_CA_FILE": file, "SSL_CERT_FILE": file, "REDIS_CLIENT_CERT_FILE": file,
                "REDIS_CLIENT_KEY_FILE": certificate.keyFile,
            ])
            let tls = RedisConfiguration.TLS(
                trustRootsFile: file,
                certificateFile: file,
                keyFile: certificate.keyFile
            )
            #expect(settings.threadsDatabase.tls == tls)
            #expect(settings.filesDatabase.tls == tls, "on the same server unless it has an endpoint of its own")
            #expect(settings.trustRootsFile == file)
        }
    }

    @Test func theFilesDatabaseMayHaveItsOwn() async throws {
        try await withCertificate { certificate, _ in
            let file = certificate.certificateFile
            let settings = try await readSettings([
                "REDIS_TLS": "true", "REDIS_ENDPOINT_FILES_DB": "files.internal", "REDIS_TLS_FILES_DB": "true",
                "REDIS_CA_FILE_FILES_DB": file, "REDIS_CLIENT_CERT_FILE_FILES_DB": file,
                "REDIS_CLIENT_KEY_FILE_FILES_DB": certificate.keyFile,
            ])
            #expect(settings.threadsDatabase.tls == RedisConfiguration.TLS())
            #expect(settings.filesDatabase.tls?.trustRootsFile == file)
            #expect(settings.filesDatabase.tls?.certificateFile == file)
        }
    }

    @Test(arguments: ["TLS_CA_FILE", "SSL_CERT_FILE", "CURL_CA_BUNDLE"])
    func oneFileServesUpstreamAndRedis(name: String) async throws {
        try await withCertificate { certificate, _ in
            let settings = try await readSettings(["REDIS_TLS": "true", name: certificate.certificateFile])
            #expect(settings.trustRootsFile == certificate.certificateFile)
            #expect(settings.threadsDatabase.tls?.trustRootsFile == nil)
            #expect(settings.threadsDatabase.tls?.additionalTrustRootsFiles == [certificate.certificateFile])
            let plain = try await readSettings([name: certificate.certificateFile])
            #expect(plain.threadsDatabase.tls == nil)
        }
    }

    @Test func foldersOfCertificatesAreTrusted() async throws {
        try await withCertificate { certificate, folder in
            let settings = try await readSettings(["REDIS_TLS": "true", "SSL_CERT_DIR": "/nowhere:\(folder)"])
            #expect(settings.trustRootsDirectories == "/nowhere:\(folder)")
            #expect(settings.threadsDatabase.tls?.additionalTrustRootsFiles == [certificate.certificateFile])
        }
    }

    @Test func filesThatCannotBeUsedAreFaultsByName() async throws {
        try await withCertificate { certificate, folder in
            let (file, key, empty) = (certificate.certificateFile, certificate.keyFile, "\(folder)/empty.pem")
            let names = [
                "TLS_CA_FILE", "SSL_CERT_FILE", "REDIS_CA_FILE", "REDIS_CA_FILE_FILES_DB", "REDIS_CLIENT_CERT_FILE",
            ]
            for name in names {
                for path in [empty, key, folder, "\(folder)/absent.pem"] {
                    #expect(try await settingsFaults(["REDIS_TLS": "true", name: path]) == [name])
                }
            }
            #expect(try await settingsFaults(["SSL_CERT_DIR": "\(folder)/absent"]) == ["SSL_CERT_DIR"])
            let faults: [([String: String], String)] = [
                (["REDIS_CLIENT_KEY_FILE": key], "REDIS_CLIENT_KEY_FILE"),
                (["REDIS_CLIENT_CERT_FILE": file, "REDIS_CLIENT_KEY_FILE": empty], "REDIS_CLIENT_KEY_FILE"),
                (["REDIS_CLIENT_CERT_FILE": file], "REDIS_CLIENT_CERT_FILE"),
            ]
            for (environment, name) in faults {
                let found = try await settingsFaults(environment.merging(["REDIS_TLS": "true"]) { $1 })
                #expect(Set(found) == [name], "\(environment)")
            }
        }
    }

    @Test func certificateOfUpstreamThatIsNotTrustedIsReportedAsSuch() {
        let error = PolicyAssistantError(OpenAIError(.certificateUntrusted))
        #expect(error.code == .upstreamUnavailable)
        #expect(error.message.contains("certificate") && error.message.contains("TLS_CA_FILE"))
    }
}
