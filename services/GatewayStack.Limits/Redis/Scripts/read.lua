-- gen n suffix*
local gen = redis.call('HGET', META, 'g')
if gen ~= ARGV[3] then return {'generation', gen or ''} end
local seen = {}
for i = 1, tonumber(ARGV[4]) do
  local v = redis.call('HMGET', base .. 'c:' .. ARGV[4 + i], 'c', 'h')
  seen[2 * i - 1], seen[2 * i] = v[1] or '0', v[2] or '0'
end
return {'read', table.concat(seen, ' ')}
