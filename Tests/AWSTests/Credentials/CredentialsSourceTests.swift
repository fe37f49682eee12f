import Foundation
import Testing

@testable import AWS

/// Where credentials come from, by the environment.
@Suite
struct CredentialsSourceTests {
    @Test
    func prefersTheKeyInTheEnvironment() throws {
        let source = try CredentialsSource(environment: [
            "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/credentials",
        ])
        #expect(
            source
                == .environment(AWSCredentials(accessKeyID: "AKID", secretAccessKey: "secret", sessionToken: "token"))
        )
    }

    @Test
    func takesTheContainerBeforeTheInstance() throws {
        let source = try CredentialsSource(environment: ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/role"])
        #expect(source == .container(.init(url: "http://169.254.170.2/v2/role", authorization: nil)))
    }

    @Test
    func prefersTheTokensFileToTheToken() throws {
        let source = try CredentialsSource(environment: [
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/v1/credentials",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": "token",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/var/run/token",
        ])
        let authorization = CredentialsSource.ContainerEndpoint.Authorization.file(path: "/var/run/token")
        #expect(
            source == .container(.init(url: "http://169.254.170.23/v1/credentials", authorization: authorization))
        )
    }

    @Test
    func asksTheInstanceWhereTheEnvironmentNamesNothing() throws {
        #expect(try CredentialsSource(environment: [:]) == .instance(baseURL: "http://169.254.169.254"))
        let other = ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://[fd00:ec2::254]/", "AWS_ACCESS_KEY_ID": ""]
        #expect(try CredentialsSource(environment: other) == .instance(baseURL: "http://[fd00:ec2::254]"))
    }

    @Test(arguments: [
        (["AWS_ACCESS_KEY_ID": "AKID"], "AWS_SECRET_ACCESS_KEY is not"),
        (["AWS_SECRET_ACCESS_KEY": "secret"], "AWS_ACCESS_KEY_ID is not"),
        (["AWS_EC2_METADATA_DISABLED": "TRUE"], "no AWS credentials"),
        (["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "role"], "does not begin with /"),
        (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.org/role"], "neither an https URL"),
        (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1@evil.test/"], "neither an https URL"),
        (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1.evil.test/"], "neither an https URL"),
        (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "file:///etc/passwd"], "not a URL"),
    ])
    func namesWhatIsWrong(_ environment: [String: String], _ words: String) {
        let error = #expect(throws: AWSError.self) { try CredentialsSource(environment: environment) }
        #expect(error?.code == .credentialsUnavailable)
        #expect(error?.message.contains(words) == true)
        #expect(error?.message.contains("secret") == false)
    }
}
