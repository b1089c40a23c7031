-- gen id parent person lease_us hold_tokens hold_cost counts price_known ttl_ms blob n (suffix metric asked limit ttl_ms ends)*
local gen, id, parent_id, person = ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local key = base .. 'r:' .. id
local known = redis.call('HMGET', key, 'b', 'u')
if known[1] then return {'known', known[1], known[2]} end
if redis.call('GET', base .. 't:' .. id) == person then return {'ended'} end

local meta = redis.call('HMGET', META, 'g', 'b', 'z')
if meta[1] ~= gen then return {'generation', meta[1] or ''} end
local at = now()
if meta[3] and tonumber(meta[3]) > at then return {'frozen'} end
sweep(at, 16)

local parent, freed = nil, {}
if parent_id ~= '' then
  local p = load(parent_id)
  if p and p.state == 'o' and p.person == person and p.ends > at then
    parent = p
    for _, place in ipairs(p.places) do
      local held = 0
      if place[2] == 't' then held = p.hold_tokens elseif place[2] == 'c' then held = p.hold_cost end
      freed[place[1]] = {held, place[3]}
    end
  end
end

if ARGV[11] ~= '1' then return {'price'} end

local n = tonumber(ARGV[14])
local seen, full = {}, false
for i = 0, n - 1 do
  local a = 15 + i * 6
  local v = redis.call('HMGET', base .. 'c:' .. ARGV[a], 'c', 'h', 'g')
  local used, held = tonumber(v[1] or '0'), tonumber(v[2] or '0')
  local free = freed[ARGV[a]]
  if free and free[2] == v[3] then held = clamp(held - free[1]) end
  local asked, limit = tonumber(ARGV[a + 2]), tonumber(ARGV[a + 3])
  -- What asks for nothing is never refused. In this order no sum leaves the range that is exact.
  if limit >= 0 and asked > 0 and used > limit - asked - held then full = true end
  seen[2 * i + 1], seen[2 * i + 2] = text(used), text(held)
end

local told = table.concat(seen, ' ')
if full then return {'full', told} end
if parent then release(parent) end

local places = {}
for i = 0, n - 1 do
  local a = 15 + i * 6
  local counter, used, held, serial = open(ARGV[a], ARGV[a + 4], ARGV[a + 5])
  local asked = tonumber(ARGV[a + 2])
  if ARGV[a + 1] == 'r' then used = used + asked else held = held + asked end
  if asked > 0 then set(counter, used, held) end
  places[i + 1] = {ARGV[a], ARGV[a + 1], serial}
end

redis.call('HSET', key, 's', 'o', 'p', person, 'ht', ARGV[8], 'hc', ARGV[9], 'ct', '0', 'cc', '0', 'n', ARGV[10],
  'e', text(at + tonumber(ARGV[7])), 'b', ARGV[13], 'u', told, 'k', cmsgpack.pack(places))
redis.call('PEXPIRE', key, ARGV[12])
redis.call('ZADD', LEASES, text(at + tonumber(ARGV[7])), id)
keep(LEASES)
redis.call('HINCRBY', META, 'o', 1)
if meta[2] then
  redis.call('SADD', base .. 'n', id)
  keep(base .. 'n')
end
return {'held', told}
