public import PolicyAssistant

/// Whether an identity provider can sign users in, for operators.
public struct IdentityProviderReport: Sendable {
    /// Why nobody can sign in; nil if they can.
    public let fault: String?
    /// What the provider lacks, each as a clause.
    public let shortcomings: [String]

    /// Fetches an identity provider's discovery document and key set, and checks them.
    ///
    /// - Parameters:
    ///   - settings: The provider, and how this service is registered there.
    ///   - call: Sends requests to the provider.
    public init(of settings: OpenIDSettings, call: IdentityProviderCall) async {
        let url = ProviderMetadata.url(of: settings.issuer)
        let metadata: ProviderMetadata
        do {
            let document = try await call(.document(at: url)).document()
            metadata = try ProviderMetadata(json: document, issuer: settings.issuer)
        } catch {
            fault = "the discovery document at \(url) cannot be used: \(ProviderFault.text(error))"
            shortcomings = []
            return
        }
        do {
            _ = try await KeySet(json: call(.document(at: metadata.keySetURL)).document())
            fault = nil
        } catch {
            fault = "the key set at \(metadata.keySetURL) cannot be used: \(ProviderFault.text(error))"
        }
        shortcomings = metadata.shortcomings(for: settings)
    }
}
