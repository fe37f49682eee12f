import Foundation
import Synchronization
import TestSupport
import Testing

@testable import AWS

/// The credentials of a container and of an instance: fetched, kept, and replaced before they end.
@Suite(.timeLimit(.minutes(1)))
struct AWSCredentialsProviderTests {
    private static let begin = Date(timeIntervalSince1970: 1_800_000_000)

    @Test
    func fetchesTheContainersOnceForAllCallers() async throws {
        let fetches = Mutex(0)
        let waiting = Gate()
        try await withScriptedServer { connection in
            while let request = try await connection.request() {
                #expect(request["authorization"] == "Bearer token")
                fetches.withLock { $0 += 1 }
                await waiting.wait()
                try await connection.answer(Self.document("AKID1", lasting: 3600))
            }
        } _: { server in
            let provider = try Self.containerProvider(server)
            try await withThrowingTaskGroup(of: AWSCredentials.self) { group in
                for _ in 0..<20 { group.addTask { try await provider.credentials() } }
                while fetches.withLock({ $0 }) == 0 { await Task.yield() }
                waiting.open()
                for try await credentials in group { #expect(credentials.accessKeyID == "AKID1") }
            }
            #expect(try await provider.credentials().sessionToken == "session")
            #expect(fetches.withLock { $0 } == 1)
            #expect(provider.source == "the container's endpoint")
        }
    }

    @Test
    func replacesCredentialsBeforeTheyEnd() async throws {
        let now = Mutex(Self.begin)
        let fetches = Mutex(0)
        try await withScriptedServer { connection in
            while try await connection.request() != nil {
                let number = fetches.withLock { count in
                    count += 1
                    return count
                }
                try await connection.answer(Self.document("AKID\(number)", lasting: number == 1 ? 3600 : 7200))
            }
        } _: { server in
            let provider = try Self.containerProvider(server) { now.withLock { $0 } }
            #expect(try await provider.credentials().accessKeyID == "AKID1")
            now.withLock { $0 = Self.begin + 3299 }
            #expect(try await provider.credentials().accessKeyID == "AKID1")
            now.withLock { $0 = Self.begin + 3301 }
            #expect(try await provider.credentials().accessKeyID == "AKID2")
            #expect(try await provider.credentials().accessKeyID == "AKID2")
            #expect(fetches.withLock { $0 } == 2)
        }
    }

    @Test
    func goesOnWithCredentialsThatLastWhileNoOthersCanBeHad() async throws {
        let now = Mutex(Self.begin)
        let fetches = Mutex(0)
        try await withScriptedServer { connection in
            while try await connection.request() != nil {
                let number = fetches.withLock { count in
                    count += 1
                    return count
                }
                guard number == 1 else {
                    try await connection.send("HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n")
                    continue
                }
                try await connection.answer(Self.document("AKID1", lasting: 3600))
            }
        } _: { server in
            let provider = try Self.containerProvider(server) { now.withLock { $0 } }
            #expect(try await provider.credentials().accessKeyID == "AKID1")
            now.withLock { $0 = Self.begin + 3400 }
            #expect(try await provider.credentials().accessKeyID == "AKID1")
            // Not asked again at once.
            #expect(try await provider.credentials().accessKeyID == "AKID1")
            #expect(fetches.withLock { $0 } == 2)
            now.withLock { $0 = Self.begin + 3431 }
            #expect(try await provider.credentials().accessKeyID == "AKID1")
            #expect(fetches.withLock { $0 } == 3)
            now.withLock { $0 = Self.begin + 3600 }
            let error = await #expect(throws: AWSError.self) { try await provider.credentials() }
            #expect(error?.code == .credentialsUnavailable)
            #expect(error?.message.contains("status 500") == true)
        }
    }

    @Test
    func fetchesOthersAfterTheServiceHasRefusedThem() async throws {
        let fetches = Mutex(0)
        try await withScriptedServer { connection in
            while try await connection.request() != nil {
                let number = fetches.withLock { count in
                    count += 1
                    return count
                }
                try await connection.answer(Self.document("AKID\(number)", lasting: 3600))
            }
        } _: { server in
            let provider = try Self.containerProvider(server)
            let first = try await provider.credentials()
            provider.discard(first)
            #expect(try await provider.credentials().accessKeyID == "AKID2")
            // A second call that was refused with the same key changes nothing.
            provider.discard(first)
            #expect(try await provider.credentials().accessKeyID == "AKID2")
        }
    }

    @Test
    func anotherCallerFetchesWhereTheFirstIsCancelled() async throws {
        let requests = Mutex(0)
        let answering = Gate()
        try await withScriptedServer { connection in
            while try await connection.request() != nil {
                requests.withLock { $0 += 1 }
                await answering.wait()
                try await connection.answer(Self.document("AKID1", lasting: 3600))
            }
        } _: { server in
            let provider = try Self.containerProvider(server)
            let first = Task { try await provider.credentials() }
            while requests.withLock({ $0 }) == 0 { await Task.yield() }
            let second = Task { try await provider.credentials() }
            first.cancel()
            let error = await #expect(throws: AWSError.self) { try await first.value }
            #expect(error?.code == .cancelled)
            answering.open()
            #expect(try await second.value.accessKeyID == "AKID1")
        }
    }

    @Test
    func aCallerThatIsCancelledWaitsNoLonger() async throws {
        let requested = Gate()
        try await withScriptedServer { connection in
            _ = try await connection.request()
            requested.open()
            await connection.closed()
        } _: { server in
            let provider = try Self.containerProvider(server)
            let first = Task { try await provider.credentials() }
            await requested.wait()
            let second = Task { try await provider.credentials() }
            second.cancel()
            let error = await #expect(throws: AWSError.self) { try await second.value }
            #expect(error?.code == .cancelled)
            first.cancel()
            _ = await first.result
        }
    }

    @Test
    func asksAnInstanceWithAToken() async throws {
        try await withScriptedServer { connection in
            while let request = try await connection.request() {
                switch request.line {
                case "PUT /latest/api/token HTTP/1.1":
                    #expect(request["x-aws-ec2-metadata-token-ttl-seconds"] == "21600")
                    try await connection.answer("imds-token")
                case "GET /latest/meta-data/iam/security-credentials/ HTTP/1.1":
                    #expect(request["x-aws-ec2-metadata-token"] == "imds-token")
                    try await connection.answer("speaker\n")
                case "GET /latest/meta-data/iam/security-credentials/speaker HTTP/1.1":
                    #expect(request["x-aws-ec2-metadata-token"] == "imds-token")
                    try await connection.answer(Self.document("AKID9", lasting: 3600, code: "Success"))
                default:
                    try await connection.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                }
            }
        } _: { server in
            let provider = try Self.instanceProvider(server)
            let credentials = try await provider.credentials()
            #expect(credentials.accessKeyID == "AKID9")
            #expect(credentials.expiration == Self.begin + 3600)
        }
    }

    @Test
    func readsTheTokensFileAtEachFetch() async throws {
        try await withTemporaryFolder { folder in
            let tokens = Mutex<[String]>([])
            try await withScriptedServer { connection in
                while let request = try await connection.request() {
                    tokens.withLock { $0.append(request["authorization"] ?? "") }
                    try await connection.answer(Self.document("AKID", lasting: 3600))
                }
            } _: { server in
                let file = "\(folder)/token"
                let provider = try AWSCredentialsProvider(
                    environment: [
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:\(server.port)/",
                        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": file,
                    ],
                    now: { Self.begin }
                )
                let error = await #expect(throws: AWSError.self) { try await provider.credentials() }
                #expect(error?.message.contains("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") == true)
                try "one\n".write(toFile: file, atomically: true, encoding: .utf8)
                provider.discard(try await provider.credentials())
                try "two\n".write(toFile: file, atomically: true, encoding: .utf8)
                _ = try await provider.credentials()
                #expect(tokens.withLock { $0 } == ["one", "two"])
            }
        }
    }

    @Test(arguments: [
        ("{}", "no usable credentials"),
        ("<html>", "no document"),
        (#"{"Code":"AssumeRoleUnauthorizedAccess","AccessKeyId":"A","SecretAccessKey":"B"}"#, "no usable credentials"),
        (#"{"AccessKeyId":"A","SecretAccessKey":"B","Expiration":"soon"}"#, "no usable credentials"),
        (#"{"AccessKeyId":"","SecretAccessKey":"B"}"#, "no usable credentials"),
    ])
    func saysWhatIsWrongWithAnAnswer(_ answer: String, _ words: String) async throws {
        try await withScriptedServer { connection in
            while try await connection.request() != nil { try await connection.answer(answer) }
        } _: { server in
            let provider = try Self.containerProvider(server)
            let error = await #expect(throws: AWSError.self) { try await provider.credentials() }
            #expect(error?.code == .credentialsUnavailable)
            #expect(error?.message.contains(words) == true)
            #expect(error?.message.contains(answer) == false)
        }
    }

    @Test
    func saysWhatToSetWhereThereIsNoInstance() async throws {
        // Nothing listens at this port.
        let provider = try AWSCredentialsProvider(environment: [
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:1"
        ])
        let error = await #expect(throws: AWSError.self) { try await provider.credentials() }
        #expect(error?.message.contains("the instance's metadata: it does not answer") == true)
        #expect(error?.message.contains("AWS_ACCESS_KEY_ID") == true)
    }

    private static func containerProvider(
        _ server: ScriptedServer,
        now: @escaping @Sendable () -> Date = { begin }
    ) throws -> AWSCredentialsProvider {
        try AWSCredentialsProvider(
            environment: [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:\(server.port)/credentials",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": "Bearer token",
            ],
            now: now
        )
    }

    private static func instanceProvider(_ server: ScriptedServer) throws -> AWSCredentialsProvider {
        try AWSCredentialsProvider(
            environment: ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:\(server.port)"],
            now: { begin }
        )
    }

    private static func document(_ id: String, lasting seconds: TimeInterval, code: String? = nil) -> String {
        let code = code.map { #""Code":"\#($0)","# } ?? ""
        let end = (begin + seconds).formatted(.iso8601)
        return #"{\#(code)"AccessKeyId":"\#(id)","SecretAccessKey":"secret","Token":"session","Expiration":"\#(end)"}"#
    }
}

extension ScriptedConnection {
    /// Answers with a body and status 200.
    func answer(_ body: String) async throws {
        try await send("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
}
