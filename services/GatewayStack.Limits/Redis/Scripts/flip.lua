-- gen chunks: puts the new generation in force, if everything is in it; where something is left, reservations wait for a moment
local meta = redis.call('HMGET', META, 'g', 'b', 'st')
if meta[1] == ARGV[3] and not meta[2] then return {'done'} end
if meta[2] ~= ARGV[3] or tonumber(meta[3] or '0') ~= tonumber(ARGV[4]) then return {'lost'} end
if redis.call('SCARD', base .. 'n') > 0 then
  redis.call('HSET', META, 'z', text(now() + 200000))
  return {'left'}
end
redis.call('HSET', META, 'g', ARGV[3])
redis.call('HDEL', META, 'b', 'st', 'z', 'fg')
return {'done', meta[1] or ''}
