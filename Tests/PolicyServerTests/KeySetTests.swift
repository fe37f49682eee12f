import Foundation
import JWTKit
import Testing

@testable import PolicyServer

/// The keys and signatures are the examples of RFC 7515, appendices A.1 to A.3.
@Suite struct KeySetTests {
    private static let claims =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    private static let rsaKey = """
        "kty":"RSA","kid":"rsa","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPC\
        JrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rex\
        MdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h\
        9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"
        """
    private static let rsaSignature = """
        cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t\
        1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12j\
        zDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQ\
        Ge77Rw
        """
    private static let ecKey = """
        "kty":"EC","kid":"ec","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
        """
    private static let ecSignature =
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"

    private func set(_ keys: String...) async throws -> KeySet {
        try await KeySet(json: Array(#"{"keys":[\#(keys.joined(separator: ","))]}"#.utf8))
    }

    private func data(_ base64URL: String) throws -> Data {
        let text = base64URL.replacing("-", with: "+").replacing("_", with: "/")
        return try #require(Data(base64Encoded: text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)))
    }

    private func verifies(_ set: KeySet, _ algorithm: String, key: String?, _ signature: String) throws -> Bool {
        guard let verifier = set.algorithms(algorithm, key: key).first else { return false }
        let header = Data(#"{"alg":"\#(algorithm)"}"#.utf8).base64EncodedString().replacing("=", with: "")
        return try verifier.verify(data(signature), signs: Data("\(header).\(Self.claims)".utf8))
    }

    @Test func verifiesSignaturesOfItsKeys() async throws {
        let set = try await set("{\(Self.rsaKey)}", "{\(Self.ecKey)}")
        #expect(try verifies(set, "RS256", key: "rsa", Self.rsaSignature))
        #expect(try verifies(set, "ES256", key: "ec", Self.ecSignature))
        #expect(try verifies(set, "ES256", key: nil, Self.ecSignature), "the only key of its algorithm needs no name")
        #expect(try !verifies(set, "RS384", key: "rsa", Self.rsaSignature))
        #expect(try !verifies(set, "ES256", key: "ec", "AA" + Self.ecSignature.dropFirst(2)))
    }

    @Test(arguments: ["none", "HS256", "PS256", "EdDSA", "rs256", "", "ES384", "ES512"])
    func rejectsOtherAlgorithms(_ algorithm: String) async throws {
        let set = try await set("{\(Self.rsaKey)}", "{\(Self.ecKey)}")
        for key in ["rsa", "ec", nil] { #expect(set.algorithms(algorithm, key: key).isEmpty) }
    }

    @Test func keyIsUsedOnlyWithItsAlgorithm() async throws {
        let set = try await set(#"{\#(Self.rsaKey),"alg":"RS256"}"#)
        #expect(!set.algorithms("RS256", key: "rsa").isEmpty)
        #expect(set.algorithms("RS384", key: "rsa").isEmpty && set.algorithms("RS512", key: "rsa").isEmpty)
    }

    @Test func unknownKeyIDHasNoFallback() async throws {
        let set = try await set("{\(Self.rsaKey)}")
        #expect(set.algorithms("RS256", key: "other").isEmpty)
        #expect(set.hasKey("rsa") && !set.hasKey("other"))
    }

    @Test func severalKeysNeedTheirNames() async throws {
        let set = try await set("{\(Self.rsaKey)}", "{\(Self.rsaKey.replacing(#""kid":"rsa""#, with: #""kid":"b""#))}")
        #expect(set.algorithms("RS256", key: nil).isEmpty)
        #expect(!set.algorithms("RS256", key: "b").isEmpty)
    }

    @Test func skipsUnsupportedKeys() async throws {
        let set = try await set(
            #"{"kty":"oct","kid":"oct","k":"c2VjcmV0"}"#,
            #"{"kty":"RSA","kid":"x","alg":"RSA-OAEP-256","n":"AQ","e":"AQ"}"#,
            #"{"kty":"RSA","kid":"small","n":"AQAB","e":"AQAB"}"#,
            #"{"kty":"EC","kid":"y","crv":"P-256","x":"AA","y":"AA"}"#,
            "null",
            "7",
            #"{"kid":"nothing"}"#,
            #"{\#(Self.ecKey.replacing("ec", with: "enc")),"use":"enc"}"#,
            "{\(Self.rsaKey)}"
        )
        #expect(set.hasKey("rsa"))
        for id in ["oct", "x", "small", "y", "nothing", "enc"] { #expect(!set.hasKey(id)) }
    }

    @Test(arguments: [
        "", "{}", "[]", #"{"keys":[]}"#, #"{"keys":{}}"#, #"{"keys":[{"kty":"oct","k":"AA"}]}"#, "<html>",
    ])
    func rejectsSetsWithoutAUsableKey(_ json: String) async {
        await #expect(throws: (any Error).self) { try await KeySet(json: Array(json.utf8)) }
    }
}
