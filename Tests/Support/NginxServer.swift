import Foundation

/// Runs nginx for as long as `body` takes, with the given `server` blocks; started when it listens.
///
/// The blocks should listen on Unix sockets in the folder; relative paths in them are relative to it.
public func withNginx<Result>(
    in folder: String,
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
    let file = "\(folder)/nginx.conf"
    try configuration.write(toFile: file, atomically: false, encoding: .utf8)
    return try await withRunningProgram(
        "/usr/sbin/nginx",
        arguments: ["-p", folder, "-c", file, "-e", "stderr"],
        // Written once all sockets are open.
        untilReadyAt: "event method"
    ) { _ in try await body() }
}
