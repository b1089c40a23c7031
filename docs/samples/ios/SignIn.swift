import AuthenticationServices
import CryptoKit
import Foundation
import Security

/// Signs a person in with the system's browser and keeps an access token for the gateway fresh.
/// One at a time: a refresh token that rotates is good once, so two refreshes at once would end the sign-in.
actor SignIn {
    struct Settings {
        let authorizationEndpoint: URL
        let tokenEndpoint: URL
        let issuer: String
        let clientId: String
        let redirectHost: String
        let redirectPath: String
        let scope: String
        /// What the token is for (RFC 8707): the gateway, or one MCP server of it.
        let resource: String

        var redirect: String { "https://\(redirectHost)\(redirectPath)" }
    }

    enum Failure: Error {
        case answerIsNotOurs
        case refused(String)
        case signedOut
    }

    private struct Tokens: Codable {
        let accessToken: String
        let refreshToken: String?
        let expiresIn: Double

        enum CodingKeys: String, CodingKey {
            case accessToken = "access_token"
            case refreshToken = "refresh_token"
            case expiresIn = "expires_in"
        }
    }

    private struct Problem: Codable {
        let error: String
    }

    private let settings: Settings
    private let keychain: Keychain
    private var current: (token: String, until: Date)?
    private var refreshing: Task<String, Error>?

    init(settings: Settings) {
        self.settings = settings
        self.keychain = Keychain(account: settings.clientId + "@" + settings.issuer)
    }

    /// An access token that is good for another minute at least.
    func accessToken() async throws -> String {
        if let current, current.until > Date().addingTimeInterval(60) {
            return current.token
        }

        if let refreshing {
            return try await refreshing.value
        }

        let task = Task { try await refresh() }
        refreshing = task
        defer { refreshing = nil }
        return try await task.value
    }

    /// Shows the issuer's page. Call it when `accessToken` says `signedOut`.
    func signIn(anchor: ASPresentationAnchor) async throws {
        let verifier = Self.random()
        let state = Self.random()
        var page = URLComponents(url: settings.authorizationEndpoint, resolvingAgainstBaseURL: false)!
        page.queryItems = [
            .init(name: "response_type", value: "code"),
            .init(name: "client_id", value: settings.clientId),
            .init(name: "redirect_uri", value: settings.redirect),
            .init(name: "scope", value: settings.scope),
            .init(name: "resource", value: settings.resource),
            .init(name: "state", value: state),
            .init(name: "code_challenge", value: Self.base64Url(Data(SHA256.hash(data: Data(verifier.utf8))))),
            .init(name: "code_challenge_method", value: "S256"),
        ]

        let answer = try await show(page.url!, anchor: anchor)
        let items = URLComponents(url: answer, resolvingAgainstBaseURL: false)?.queryItems ?? []
        func value(_ name: String) -> String? {
            let found = items.filter { $0.name == name }
            return found.count == 1 ? found[0].value : nil
        }

        // The answer is to our question, and from the issuer we asked (RFC 9207, where it says so).
        guard value("state") == state, value("iss") ?? settings.issuer == settings.issuer else {
            throw Failure.answerIsNotOurs
        }

        guard let code = value("code") else {
            throw Failure.refused(value("error") ?? "no code")
        }

        try await keep(ask([
            "grant_type": "authorization_code", "code": code, "redirect_uri": settings.redirect, "code_verifier": verifier,
        ]))
    }

    func signOut() {
        current = nil
        keychain.remove()
    }

    private func refresh() async throws -> String {
        guard let refreshToken = keychain.read() else {
            throw Failure.signedOut
        }

        do {
            return try await keep(ask(["grant_type": "refresh_token", "refresh_token": refreshToken]))
        } catch Failure.refused("invalid_grant") {
            // Ended there: revoked, or used twice.
            signOut()
            throw Failure.signedOut
        }
    }

    /// Keeps the new refresh token before anybody uses the access token: the old one is spent.
    @discardableResult
    private func keep(_ tokens: Tokens) throws -> String {
        if let refreshToken = tokens.refreshToken {
            try keychain.write(refreshToken)
        }

        current = (tokens.accessToken, Date().addingTimeInterval(tokens.expiresIn))
        return tokens.accessToken
    }

    private func ask(_ form: [String: String]) async throws -> Tokens {
        var all = form
        all["client_id"] = settings.clientId
        all["resource"] = settings.resource
        var request = URLRequest(url: settings.tokenEndpoint, timeoutInterval: 15)
        request.httpMethod = "POST"
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(all.map { "\($0)=\(Self.escape($1))" }.joined(separator: "&").utf8)
        let (body, response) = try await URLSession(configuration: .ephemeral).data(for: request)
        guard (response as? HTTPURLResponse)?.statusCode == 200 else {
            throw Failure.refused((try? JSONDecoder().decode(Problem.self, from: body))?.error ?? "no answer")
        }

        return try JSONDecoder().decode(Tokens.self, from: body)
    }

    @MainActor
    private func show(_ page: URL, anchor: ASPresentationAnchor) async throws -> URL {
        let presenter = Presenter(anchor: anchor)
        return try await withCheckedThrowingContinuation { continuation in
            let session = ASWebAuthenticationSession(
                url: page, callback: .https(host: settings.redirectHost, path: settings.redirectPath)
            ) { url, error in
                if let url {
                    continuation.resume(returning: url)
                } else {
                    continuation.resume(throwing: error ?? Failure.signedOut)
                }
                presenter.session = nil
            }
            session.presentationContextProvider = presenter
            presenter.session = session
            session.start()
        }
    }

    private static func random() -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        precondition(SecRandomCopyBytes(kSecRandomDefault, bytes.count, &bytes) == errSecSuccess)
        return base64Url(Data(bytes))
    }

    private static func base64Url(_ data: Data) -> String {
        data.base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }

    private static func escape(_ text: String) -> String {
        let unreserved = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: unreserved)!
    }
}

/// Where the browser's sheet is shown; holds the session while it is open.
@MainActor
private final class Presenter: NSObject, ASWebAuthenticationPresentationContextProviding {
    private let anchor: ASPresentationAnchor
    var session: ASWebAuthenticationSession?

    init(anchor: ASPresentationAnchor) {
        self.anchor = anchor
    }

    func presentationAnchor(for session: ASWebAuthenticationSession) -> ASPresentationAnchor { anchor }
}

/// The refresh token, on this device only, and only once it was unlocked.
private struct Keychain {
    let account: String

    private var query: [String: Any] {
        [kSecClass as String: kSecClassGenericPassword, kSecAttrService as String: "gatewaystack", kSecAttrAccount as String: account]
    }

    func read() -> String? {
        var found: CFTypeRef?
        let all = query.merging([kSecReturnData as String: true]) { $1 }
        guard SecItemCopyMatching(all as CFDictionary, &found) == errSecSuccess, let data = found as? Data else { return nil }
        return String(data: data, encoding: .utf8)
    }

    func write(_ token: String) throws {
        SecItemDelete(query as CFDictionary)
        let item = query.merging([
            kSecValueData as String: Data(token.utf8), kSecAttrAccessible as String: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
        ]) { $1 }
        guard SecItemAdd(item as CFDictionary, nil) == errSecSuccess else { throw SignIn.Failure.refused("keychain") }
    }

    func remove() {
        SecItemDelete(query as CFDictionary)
    }
}
