-- gen id state person hold_tokens hold_cost tokens cost counts ends ttl_ms blob building n (suffix metric ttl_ms ends)*
-- state is the ledger's: o under way, r released, d closed. With building = 1 it is a rebuild that makes the reservation.
local gen, id, state = ARGV[3], ARGV[4], ARGV[5]
local tokens, cost = tonumber(ARGV[9]), tonumber(ARGV[10])
local r = load(id)
if r then
  if ARGV[15] == '1' then return {'known'} end
  if state == 'r' and r.state == 'o' then release(r) end
  if state == 'd' then
    charge(r, 'd', tokens, cost)
    retire(id, now())
    redis.call('HSET', r.key, 'rec', '1')
  end
  return {'known'}
end

local meta = redis.call('HMGET', META, 'g', 'b', 'fg')
if ARGV[15] == '1' then
  if meta[2] ~= gen then return {'lost'} end
elseif meta[1] ~= gen then
  return {'generation', meta[1] or ''}
end

local hold_tokens, hold_cost, counts = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[11])
local places = {}
for i = 0, tonumber(ARGV[16]) - 1 do
  local a = 17 + i * 4
  local metric = ARGV[a + 1]
  local used, held = 0, 0
  if metric == 'r' then used = counts
  elseif state == 'd' then used = (metric == 't') and tokens or cost
  elseif state == 'o' then held = (metric == 't') and hold_tokens or hold_cost end
  if state ~= 'd' or used > 0 then
    local key, c, h, serial = open(ARGV[a], ARGV[a + 2], ARGV[a + 3])
    if used > 0 or held > 0 then set(key, c + used, h + held) end
    places[#places + 1] = {ARGV[a], metric, serial}
  end
end

if state == 'd' then return {'charged', meta[3] and '1' or '0'} end
local key = base .. 'r:' .. id
redis.call('HSET', key, 's', state, 'p', ARGV[6], 'ht', ARGV[7], 'hc', ARGV[8], 'ct', '0', 'cc', '0', 'n', ARGV[11],
  'e', ARGV[12], 'b', ARGV[14], 'k', cmsgpack.pack(places))
if ARGV[15] == '1' then redis.call('HSET', key, 'eg', gen) end
redis.call('PEXPIRE', key, ARGV[13])
redis.call('ZADD', LEASES, ARGV[12], id)
keep(LEASES)
if state == 'o' then redis.call('HINCRBY', META, 'o', 1) end
return {'adopted'}
