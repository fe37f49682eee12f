import IPAddresses
import Testing

@Suite struct IPNetworkTests {
    @Test(arguments: [
        ("10.1.0.0/16", "10.1.255.255", true), ("10.1.0.0/16", "10.2.0.0", false), ("10.1.2.3/16", "10.1.9.9", true),
        ("10.0.0.5", "10.0.0.5", true), ("10.0.0.5", "10.0.0.4", false), ("10.0.0.4/31", "10.0.0.5", true),
        ("10.0.0.4/31", "10.0.0.6", false), ("0.0.0.0/0", "203.0.113.7", true), ("0.0.0.0/0", "2001:db8::1", false),
        ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
        ("::1", "::1", true), ("192.0.2.0/24", "::ffff:192.0.2.9", true),
    ])
    func containsTheAddressesWithItsBits(_ network: String, _ address: String, _ isInside: Bool) throws {
        #expect(try #require(IPNetwork(network)).contains(#require(IPAddress(address))) == isInside)
    }

    @Test(arguments: ["", "10.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "::/129", "/8", "host"])
    func isNilForAnyOtherText(_ text: String) {
        #expect(IPNetwork(text) == nil)
    }
}
