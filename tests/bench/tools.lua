-- One call of an MCP tool as 2026-07-28 has it. TOKEN and ANSWER (json, sse, slow) come from the environment.
-- A refusal of a tool's call is an answer with status 200, so every answer is looked at.
wrk.method = "POST"
wrk.body = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"calendar.list","arguments":{"from":"Monday","to":"Friday","answer":"' .. (os.getenv("ANSWER") or "json") .. '"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"wrk","version":"1"}}}}'
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Accept"] = "application/json, text/event-stream"
wrk.headers["MCP-Protocol-Version"] = "2026-07-28"
wrk.headers["Mcp-Method"] = "tools/call"
wrk.headers["Mcp-Name"] = "calendar.list"
wrk.headers["Authorization"] = "Bearer " .. (os.getenv("TOKEN") or "none")

local threads = {}
setup = function(thread) table.insert(threads, thread) end
refused = 0
response = function(status, headers, body)
  if status ~= 200 or not body:find('"isError":false', 1, true) then refused = refused + 1 end
end
done = function(summary, latency, requests)
  local bad = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  for _, thread in ipairs(threads) do bad = bad + thread:get("refused") end
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), bad))
end
