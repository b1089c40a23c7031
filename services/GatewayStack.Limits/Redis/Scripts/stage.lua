-- gen chunk n (suffix amount ttl_ms ends)*: what the ledger says was used. A chunk counts once, however often it is sent.
local meta = redis.call('HMGET', META, 'b', 'st')
if meta[1] ~= ARGV[3] then return {'lost'} end
local chunk = tonumber(ARGV[4])
if tonumber(meta[2] or '0') ~= chunk - 1 then return {tonumber(meta[2] or '0') >= chunk and 'staged' or 'lost'} end
for i = 0, tonumber(ARGV[5]) - 1 do
  local a = 6 + i * 4
  local key, used, held = open(ARGV[a], ARGV[a + 2], ARGV[a + 3])
  set(key, used + tonumber(ARGV[a + 1]), held)
end
redis.call('HSET', META, 'st', ARGV[4])
return {'staged'}
