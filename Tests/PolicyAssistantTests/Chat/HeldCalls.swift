import TestSupport

/// Calls that a scripted upstream holds up until a test lets them go on, and then answers as usual.
struct HeldCalls: Sendable {
    private let isMet = Gate()
    private let mayGoOn = Gate()

    /// A script that holds up the calls that are meant.
    func script(_ isMeant: @escaping @Sendable (ScriptedOpenAI.Call) -> Bool) -> ScriptedOpenAI.Script {
        { call in
            guard isMeant(call) else { return .usual }
            isMet.open()
            await mayGoOn.wait()
            return .usual
        }
    }

    /// Waits until such a call has come.
    func met() async {
        await isMet.wait()
    }

    func goOn() {
        mayGoOn.open()
    }
}
