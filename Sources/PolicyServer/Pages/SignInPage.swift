internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The small pages between the identity provider and the chat page.
///
/// After a sign-in, the browser arrives from another site, and would not send a `SameSite=Strict` cookie with a redirect
/// that follows; it does with a navigation that a page of this server begins.
enum SignInPage {
    /// Returns the page that leads on to a URL of this server.
    static func leading(to url: String, cookie: Cookie) -> Response {
        var response = page(
            status: .ok,
            title: "Signed in",
            head: #"<meta http-equiv="refresh" content="0;url=\#(escaped(url))">"#,
            body: #"<p>You are signed in. <a href="\#(escaped(url))">Continue</a></p>"#
        )
        response.setCookie(cookie)
        return response
    }

    /// Returns the page that says why a sign-in failed, and offers another try.
    ///
    /// - Parameters:
    ///   - status: The status of the response.
    ///   - reason: What happened and what to do, as one or two sentences.
    ///   - retry: The URL that begins a sign-in.
    /// - Returns: The response with the page.
    static func failure(_ status: HTTPResponse.Status, _ reason: String, retry: String) -> Response {
        page(
            status: status,
            title: "Sign-in failed",
            head: "",
            body:
                "<h1>Sign-in failed</h1>\n<p>\(escaped(reason))</p>\n<p><a href=\"\(escaped(retry))\">Sign in again</a></p>"
        )
    }

    private static func page(status: HTTPResponse.Status, title: String, head: String, body: String) -> Response {
        let html = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>\(title)</title>\(head)</head>
            <body><main>\(body)</main></body>
            </html>

            """
        return Response(
            status: status,
            headers: [.contentType: PageFile.html],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html))
        )
    }

    /// Returns a text with the characters replaced that have a meaning in HTML.
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
