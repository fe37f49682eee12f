public import Foundation
internal import Subprocess

/// Runs nginx for as long as `body` takes, with the given `server` blocks; started when it listens.
///
/// The blocks should listen on Unix sockets in the folder; relative paths in them are relative to it.
public func withNginx<Result: Sendable>(
    in folder: URL,
    servers: String,
    _ body: () async throws -> Result
) async throws -> Result {
    let configuration = """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log stderr notice;
        events { worker_connections 1024; }
        http {
            access_log off;
            client_max_body_size 0;
            client_body_temp_path bodies;
            proxy_temp_path proxied;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            \(servers)
        }
        """
    let file = folder.appending(path: "nginx.conf")
    try Data(configuration.utf8).write(to: file)
    let result = try await run(
        .name("nginx"),
        arguments: ["-p", folder.path, "-c", file.path, "-e", "stderr"],
        environment: .inherit.updating(["PATH": "/usr/sbin:/usr/bin:/bin"]),
        input: .none,
        output: .discarded,
        error: .sequence
    ) { nginx in
        defer { try? nginx.send(signal: .terminate) }
        var log = ""
        for try await line in nginx.standardError.strings() {
            // Written once all sockets are open.
            if line.contains("event method") { return try await body() }
            log += line + "\n"
        }
        throw ProcessFailure(command: "nginx", message: log)
    }
    return result.closureResult
}
