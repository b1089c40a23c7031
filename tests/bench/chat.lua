-- A chat request of 1.2 KB; the token comes from the environment.
local text = string.rep("Please summarise the following clause of the supply contract in two sentences for the board. ", 11)
wrk.method = "POST"
wrk.body = '{"model":"gpt-4o-mini","temperature":0.2,"messages":[{"role":"system","content":"You are a careful assistant."},{"role":"user","content":"' .. text .. '"}]}'
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. (os.getenv("TOKEN") or "none")
done = function(summary, latency, requests)
  local bad = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), bad))
end
