extension Diagnosis {
    /// Says how callers authenticate, and whether any of them can.
    func callers() async -> Finding {
        switch assistant.settings.authentication {
        case .none:
            return finding(.good, "not authenticated")
        case .token(let tokens):
            guard tokens.signIn == nil else { return await users() }
            switch tokens.keys {
            case .secret: return finding(.good, "tokens signed with AUTH_JWT_SECRET")
            case .url(let url): return finding(.good, "tokens signed with the keys at \(url.prefix { $0 != "?" })")
            case .file(let path): return finding(.good, "tokens signed with the keys in \(path)")
            }
        case .openID(let openID):
            return finding(.good, "signed in by \(openID.issuer)")
        case .proxy(let proxy):
            return finding(.good, "signed in by a proxy, which names them in \(proxy.userHeader)")
        case .apiKey:
            guard let count = try? await assistant.keys.list().count else {
                return finding(.fault, "their keys could not be read, see above")
            }
            guard count > 0 else {
                return finding(.warning, "nobody has a key yet; run policy-assistant keys add")
            }
            return finding(.good, "\(count) API key\(count == 1 ? "" : "s")")
        }
    }

    private func users() async -> Finding {
        guard let count = try? await assistant.signIn.accounts.list().count else {
            return finding(.fault, "their names could not be read, see above")
        }
        guard count > 0 else {
            return finding(.warning, "nobody can sign in yet; run policy-assistant users add")
        }
        return finding(.good, "\(count) user\(count == 1 ? "" : "s") who sign in with a password")
    }

    private func finding(_ level: Finding.Level, _ text: String) -> Finding {
        Finding(level: level, subject: "callers", text: text)
    }
}
