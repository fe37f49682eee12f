-- Questions of many users, each of whom asks again only after all others have, and the run's figures on one line.
-- The first argument is the number of users.

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  asked = 0
  users = tonumber(arguments[1]) / 2
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  asked = asked + 1
  local body = string.format(
    '{"user_id":"bench-%d-%d","message":"How many days of paid annual leave do I get?"}',
    number, asked % users)
  return wrk.format(nil, nil, nil, body)
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format("figures %.0f %.2f %.2f %d",
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, failed))
end
