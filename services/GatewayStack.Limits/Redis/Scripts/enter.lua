-- gen id n (suffix metric ttl_ms ends)*: a reservation that is known enters the counters of the new generation as it stands now
local gen, id = ARGV[3], ARGV[4]
local meta = redis.call('HMGET', META, 'g', 'b')
if meta[2] ~= gen then return {'lost'} end
redis.call('SREM', base .. 'n', id)
local r = load(id)
if not r or redis.call('HGET', r.key, 'eg') == gen then return {'entered'} end
local places = {}
if meta[1] then
  for _, place in ipairs(r.places) do
    if string.sub(place[1], 1, #meta[1] + 1) == meta[1] .. ':' then places[#places + 1] = place end
  end
end
for i = 0, tonumber(ARGV[5]) - 1 do
  local a = 6 + i * 4
  local metric = ARGV[a + 1]
  local key, used, held, serial = open(ARGV[a], ARGV[a + 2], ARGV[a + 3])
  if metric == 'r' then used = used + r.counts
  else
    used = used + ((metric == 't') and r.tokens or r.cost)
    if r.state == 'o' then held = held + ((metric == 't') and r.hold_tokens or r.hold_cost) end
  end
  set(key, used, held)
  places[#places + 1] = {ARGV[a], metric, serial}
end
redis.call('HSET', r.key, 'k', cmsgpack.pack(places), 'eg', gen)
return {'entered'}
