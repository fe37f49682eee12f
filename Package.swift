// swift-tools-version: 6.3
import PackageDescription

let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let jwt: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let deque: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

/// Optimisation in debug builds, too, for targets that compute: without it tests take many times as long.
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
    name: "policy-assistant",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "policy-assistant", targets: ["policy-assistant"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        // The C libraries, as the system installs them.
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"]), .brew(["hiredis"])]),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .systemLibrary(name: "CEpoll"),
        .systemLibrary(name: "CMemoryFile"),
        .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),
        .systemLibrary(
            name: "CCMarkGFM",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]
        ),
        .systemLibrary(
            name: "CXML2",
            pkgConfig: "libxml-2.0",
            providers: [.apt(["libxml2-dev", "pkg-config"]), .brew(["libxml2"])]
        ),

        .systemLibrary(name: "CUchardet", providers: [.apt(["libuchardet-dev"]), .brew(["uchardet"])]),

        // The system calls with which a process restricts itself.
        .target(name: "CLandlock"),

        .systemLibrary(name: "CBLAS", providers: [.apt(["libopenblas-serial-dev"])]),

        // Makes OpenBLAS usable by several threads at once, with the kernels that the processor can run.
        .target(
            name: "CBLASLock",
            linkerSettings: [
                .unsafeFlags(
                    [
                        "-Xlinker", "--wrap=blas_memory_alloc", "-Xlinker", "--wrap=blas_memory_free",
                        "-Xlinker", "--wrap=gotoblas_dynamic_init",
                    ],
                    .when(platforms: [.linux])
                )
            ]
        ),

        // Products of vectors of bytes, by the vector unit that the processor has.
        .target(name: "CDotProducts", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),

        // What runs neural networks; text into vectors; and sound into text.
        .target(
            name: "Inference",
            dependencies: ["CBLAS", "CBLASLock"],
            swiftSettings: optimised,
            linkerSettings: [
                // As part of the program, which can then be moved.
                .linkedLibrary(":libopenblas.a", .when(platforms: [.linux])),
                .linkedFramework("Accelerate", .when(platforms: [.macOS])),
            ]
        ),
        .target(
            name: "SentenceEncoder",
            dependencies: ["CBLAS", "CDotProducts", "Inference"],
            resources: [.embedInCode("Resources")],
            swiftSettings: optimised
        ),
        .target(name: "Whisper", dependencies: ["Inference", nioPosix], swiftSettings: optimised),

        .target(name: "JSON"),

        // The wires.
        .target(
            name: "Redis",
            dependencies: [
                "CHiredis", nio, nioPosix, logging, crypto,
                deque,
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        // Work that survives the processes that do it.
        .target(name: "WorkQueue", dependencies: ["Redis", logging]),
        .target(name: "HTTPClient", dependencies: ["CCurl", "CEpoll", httpTypes]),
        .target(name: "OpenAI", dependencies: ["HTTPClient", "JSON", httpTypes]),
        .target(name: "IPAddresses"),
        .target(name: "SMS", dependencies: ["HTTPClient", crypto, httpTypes]),
        .target(name: "AWS", dependencies: ["HTTPClient", crypto, httpTypes]),
        .target(
            name: "HTTPConnections",
            dependencies: [
                "IPAddresses", hummingbirdCore, logging, nio, nioHTTP1,
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
            ]
        ),

        // Documents in, their headings, text, lists and tables out.
        .target(name: "Zip", dependencies: ["CZip"]),
        .target(name: "Markup", dependencies: ["CXML2"], swiftSettings: optimised),
        .target(name: "CommonMark", dependencies: ["CCMarkGFM"], swiftSettings: optimised),
        .target(
            name: "DocumentText",
            dependencies: ["CUchardet", "CommonMark", "Markup", "Zip", subprocess, system],
            swiftSettings: optimised
        ),

        // Speech in, text out, and the other way round.
        .target(
            name: "Voice",
            dependencies: [
                "AWS", "CLandlock", "CMemoryFile", "HTTPClient", "OpenAI", "Whisper", httpTypes, subprocess, system,
            ],
            swiftSettings: optimised
        ),

        // Questions and answers in, measures and reports out.
        .target(name: "Evaluation", dependencies: [.product(name: "Yams", package: "Yams")]),

        // Conversations out of messengers' exports, and examples for training out of conversations.
        .target(name: "MessageExports", swiftSettings: optimised),

        // The product.
        .target(
            name: "PolicyAssistant",
            dependencies: [
                "DocumentText", "HTTPClient", "IPAddresses", "JSON", "OpenAI", "Redis", "SMS", "WorkQueue", crypto,
                cryptoExtras,
                deque,
                logging,
                metrics, system,
                .product(name: "Configuration", package: "swift-configuration"),
            ]
        ),
        .target(
            name: "PolicyServer",
            dependencies: [
                // Not imported, but part of the assistant's memory layout: a change of it has to rebuild this, too.
                "OpenAI",
                "HTTPClient", "HTTPConnections", "IPAddresses", "JSON", "PolicyAssistant", "SMS", "Voice", crypto,
                hummingbird,
                hummingbirdCore,
                httpTypes,
                jwt,
                logging, metrics, nio, nioHTTP1, serviceLifecycle,
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            ],
            // The page is part of the program, which can be moved.
            resources: [.embedInCode("Web")]
        ),
        .target(
            name: "LocalEngine",
            dependencies: [
                "CLandlock", "DocumentText", "HTTPClient", "HTTPConnections", "OpenAI", "SentenceEncoder",
                crypto, hummingbird, hummingbirdCore, httpTypes, logging, nio, nioHTTP1, nioPosix, serviceLifecycle,
                system,
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: optimised
        ),
        .executableTarget(
            name: "policy-assistant",
            dependencies: [
                "AWS", "DocumentText", "Evaluation", "HTTPClient", "HTTPConnections", "LocalEngine",
                "MessageExports", "OpenAI",
                "PolicyAssistant", "PolicyServer", "Redis", "SMS", "WorkQueue", "Voice",
                httpTypes, logging, serviceLifecycle, unixSignals,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),

        // Not part of the product: fits the engine's weights, and measures its search.
        .executableTarget(
            name: "engine-tools",
            dependencies: [
                "Evaluation", "LocalEngine",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: optimised
        ),

        // The tests.
        .target(
            name: "TestSupport",
            dependencies: [
                "HTTPClient", "LocalEngine", "OpenAI", "Redis", httpTypes, logging, nio, nioPosix,
                serviceLifecycle, subprocess, system,
            ],
            path: "Tests/Support",
            exclude: ["AWS/Server"]
        ),
        .testTarget(name: "RedisTests", dependencies: ["Redis", "TestSupport", nio, nioPosix, logging]),
        // A worker in a process of its own, which tests kill.
        .executableTarget(
            name: "queue-trial",
            dependencies: ["Redis", "WorkQueue", logging],
            path: "Tests/QueueTrial"
        ),
        .testTarget(
            name: "WorkQueueTests",
            dependencies: ["Redis", "TestSupport", "WorkQueue", "queue-trial", logging]
        ),
        .testTarget(
            name: "HTTPClientTests",
            dependencies: ["HTTPClient", "TestSupport", httpTypes, nio, nioPosix]
        ),
        .testTarget(name: "IPAddressesTests", dependencies: ["IPAddresses"]),
        .testTarget(
            name: "HTTPConnectionsTests",
            dependencies: [
                "HTTPConnections", "IPAddresses", logging, nio, nioHTTP1, nioPosix,
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "SMSTests",
            dependencies: ["HTTPClient", "SMS", "TestSupport", crypto, httpTypes, subprocess, system]
        ),
        .testTarget(name: "JSONTests", dependencies: ["JSON", "TestSupport"]),
        .testTarget(name: "OpenAITests", dependencies: ["HTTPClient", "JSON", "OpenAI", "TestSupport", httpTypes]),
        .testTarget(
            name: "PolicyAssistantTests",
            dependencies: [
                "DocumentText", "HTTPClient", "IPAddresses", "JSON", "OpenAI", "PolicyAssistant", "Redis",
                "TestSupport",
                "WorkQueue", "SMS",
                logging,
            ]
        ),
        .testTarget(
            name: "PolicyServerTests",
            dependencies: [
                "IPAddresses", "JSON", "PolicyAssistant", "PolicyServer", "Redis", "TestSupport", "WorkQueue", "Voice",
                httpTypes,
                hummingbird, jwt,
                logging,
                nioHTTP1,
            ]
        ),
        .testTarget(
            name: "AWSTests",
            dependencies: ["AWS", "HTTPClient", "TestSupport", crypto, httpTypes, subprocess, system],
            exclude: ["Fixtures"]
        ),
        .testTarget(name: "EvaluationTests", dependencies: ["Evaluation"]),
        .testTarget(name: "MessageExportsTests", dependencies: ["MessageExports"]),
        .testTarget(
            name: "VoiceTests",
            dependencies: ["AWS", "HTTPClient", "OpenAI", "TestSupport", "Voice", httpTypes, subprocess, system]
        ),
        .testTarget(name: "DocumentTextTests", dependencies: ["DocumentText", "TestSupport", system]),
        .testTarget(name: "InferenceTests", dependencies: ["CBLAS", "Inference"]),
        .testTarget(
            name: "WhisperTests",
            dependencies: ["Inference", "Whisper", "TestSupport"],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "SentenceEncoderTests",
            dependencies: ["Inference", "SentenceEncoder", "TestSupport"],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "LocalEngineTests",
            dependencies: [
                "DocumentText", "HTTPClient", "LocalEngine", "OpenAI", "TestSupport", httpTypes, logging, nio,
                subprocess, system,
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        .testTarget(name: "EngineToolsTests", dependencies: ["Evaluation", "LocalEngine", "engine-tools"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "DocumentText", "Evaluation", "HTTPClient", "OpenAI", "PolicyAssistant", "PolicyServer", "Redis", "SMS",
                "TestSupport", "Voice", "WorkQueue", "policy-assistant",
                crypto, httpTypes, logging, subprocess, system,
            ],
            exclude: ["Browser", "Fixtures"]
        ),
    ]
)

// Fuzzing the readers of documents takes a build of its own, with code that tells what was reached: scripts/fuzz.
if Context.environment["FUZZ_READERS"] != nil {
    let reached: [SwiftSetting] = [.unsafeFlags(["-sanitize=fuzzer", "-parse-as-library", "-O"])]
    for target in package.targets where ["CommonMark", "DocumentText", "Markup", "Zip"].contains(target.name) {
        target.swiftSettings = reached
    }
    package.targets.append(
        .executableTarget(
            name: "fuzz-readers",
            dependencies: ["DocumentText"],
            path: "Tests/Fuzzing",
            swiftSettings: reached,
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]
        )
    )
}

/// The strictness of every Swift target, applied at one place so that none can lack it.
let strictness: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// The targets that touch C pointers say `unsafe` at each place where they do.
let pointerTargets: Set<String> = [
    "CommonMark", "HTTPClient", "Inference", "JSON", "Markup", "Redis", "SentenceEncoder", "Whisper", "Zip",
]

/// The targets in C, which Swift's settings do not concern.
let cTargets: Set<String> = ["CBLASLock", "CDotProducts", "CLandlock"]

for target in package.targets where target.type != .system && !cTargets.contains(target.name) {
    target.swiftSettings =
        (target.swiftSettings ?? []) + strictness
        + (pointerTargets.contains(target.name) ? [.strictMemorySafety()] : [])
}
