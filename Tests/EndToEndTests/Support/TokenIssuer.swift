import Foundation
import Subprocess
import SystemPackage
import TestSupport

/// An identity provider's key, made and used by the openssl command line: not by the library that checks its tokens.
struct TokenIssuer {
    enum Kind {
        case rsa, p256, p384
    }

    let kind: Kind
    let id: String
    private let keyFile: String
    /// The DER of the public key.
    private let publicKey: [UInt8]

    init(_ kind: Kind, id: String, in folder: String) async throws {
        self.kind = kind
        self.id = id
        keyFile = "\(folder)/\(id).pem"
        let parameters =
            switch kind {
            case .rsa: ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"]
            case .p256: ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
            case .p384: ["EC", "-pkeyopt", "ec_paramgen_curve:P-384"]
            }
        _ = try await openssl(["genpkey", "-out", keyFile, "-algorithm"] + parameters)
        publicKey = try await openssl(["pkey", "-in", keyFile, "-pubout", "-outform", "DER"])
    }

    /// The key as it stands in a key set.
    func jwk() async throws -> String {
        switch kind {
        case .rsa:
            let modulus = try await openssl(["rsa", "-in", keyFile, "-noout", "-modulus"])
            let digits = String(decoding: modulus, as: UTF8.self).dropFirst("Modulus=".count)
                .trimmingCharacters(in: .newlines)
            return
                #"{"kty":"RSA","use":"sig","kid":"\#(id)","n":"\#(base64URL(bytes(ofHexadecimal: digits)))","e":"AQAB"}"#
        case .p256, .p384:
            // The point is the last part of the key: 4, then x and y.
            let size = kind == .p256 ? 32 : 48
            let (x, y) = (publicKey.suffix(2 * size).prefix(size), publicKey.suffix(size))
            let curve = kind == .p256 ? "P-256" : "P-384"
            return #"{"kty":"EC","kid":"\#(id)","crv":"\#(curve)","x":"\#(base64URL(x))","y":"\#(base64URL(y))"}"#
        }
    }

    /// Signs a token with the private key.
    func token(_ claims: Claims, algorithm: String, key id: String? = nil) async throws -> String {
        try await token(json: claims.json, algorithm: algorithm, key: id)
    }

    /// Signs a token of any claims with the private key.
    func token(json: String, algorithm: String, key id: String? = nil) async throws -> String {
        let input = signingInput(json, algorithm: algorithm, key: id ?? self.id)
        let signature = try await openssl(["dgst", "-sha\(algorithm.suffix(3))", "-sign", keyFile], input: input)
        return "\(input).\(base64URL(kind == .rsa ? signature[...] : rawSignature(signature)))"
    }

    /// Creates a token whose HMAC has the public key for a secret, as if the algorithm were the caller's to choose.
    func tokenSignedWithPublicKey(_ claims: Claims) async throws -> String {
        try await tokenSignedWithPublicKey(json: claims.json)
    }

    /// Creates a token of any claims whose HMAC has the public key for a secret.
    func tokenSignedWithPublicKey(json: String) async throws -> String {
        let text = try await openssl(["pkey", "-in", keyFile, "-pubout"])
        return try await secretToken(json: json, secret: text, key: id)
    }

    /// Takes r and s out of the DER that openssl writes, to stand side by side as tokens have them.
    private func rawSignature(_ der: [UInt8]) -> ArraySlice<UInt8> {
        let size = kind == .p256 ? 32 : 48
        var rest = der.dropFirst(der[1] < 0x80 ? 2 : 3)
        var raw: [UInt8] = []
        for _ in 0..<2 {
            let length = Int(rest[rest.startIndex + 1])
            let number = rest.dropFirst(2).prefix(length).drop { $0 == 0 }
            raw += [UInt8](repeating: 0, count: size - number.count) + number
            rest = rest.dropFirst(2 + length)
        }
        return raw[...]
    }
}

/// What a token says.
struct Claims {
    var subject: String? = "ana"
    var issuer: String? = "https://idp.example"
    var audience = #""policy-assistant""#
    /// Seconds from now.
    var expiresIn: Double? = 300
    var startsIn: Double?

    fileprivate var json: String {
        let now = Date.now.timeIntervalSince1970
        return "{"
            + [
                subject.map { #""sub":"\#($0)""# }, issuer.map { #""iss":"\#($0)""# }, #""aud":\#(audience)"#,
                expiresIn.map { #""exp":\#(Int(now + $0))"# }, startsIn.map { #""nbf":\#(Int(now + $0))"# },
            ].compactMap(\.self).joined(separator: ",") + "}"
    }
}

/// Creates a token that a secret signs.
func secretToken(_ claims: Claims, secret: [UInt8], key id: String? = nil) async throws -> String {
    try await secretToken(json: claims.json, secret: secret, key: id)
}

/// Creates a token of any claims that a secret signs.
func secretToken(json: String, secret: [UInt8], key id: String? = nil) async throws -> String {
    let input = signingInput(json, algorithm: "HS256", key: id)
    let digits = secret.map { String(format: "%02x", $0) }.joined()
    let signature = try await openssl(
        ["dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:\(digits)", "-binary"],
        input: input
    )
    return "\(input).\(base64URL(signature[...]))"
}

/// Creates a token that nothing signs.
func unsignedToken(_ claims: Claims) -> String { unsignedToken(json: claims.json) }

/// Creates a token of any claims that nothing signs.
func unsignedToken(json: String) -> String {
    signingInput(json, algorithm: "none", key: nil) + "."
}

private func signingInput(_ claims: String, algorithm: String, key id: String?) -> String {
    let header = #"{"alg":"\#(algorithm)","typ":"JWT"\#(id.map { #","kid":"\#($0)""# } ?? "")}"#
    return [header, claims].map { base64URL(Array($0.utf8)[...]) }.joined(separator: ".")
}

func base64URL(_ bytes: ArraySlice<UInt8>) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
}

private func bytes(ofHexadecimal digits: String) -> ArraySlice<UInt8> {
    let digits = Array(digits)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }[
        ...
    ]
}

private func openssl(_ arguments: [String], input: String = "") async throws -> [UInt8] {
    let result = try await run(
        .name("openssl"),
        arguments: Arguments(arguments),
        input: .string(input),
        output: .bytes(limit: 1 << 16),
        error: .string(limit: 1 << 16)
    )
    guard result.terminationStatus.isSuccess else {
        throw ProgramFailure(program: "openssl", output: result.standardError)
    }
    return result.standardOutput
}
