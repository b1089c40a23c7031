-- most most_remembered
local at, most = now(), tonumber(ARGV[3])
local meta = redis.call('HMGET', META, 'g', 'b')
local swept, due = sweep(at, most)
local more = due == most

if not meta[2] then
  local old = redis.call('ZRANGEBYSCORE', FINISHED, '-inf', text(at), 'LIMIT', 0, most)
  for _, id in ipairs(old) do
    local key = base .. 'r:' .. id
    local v = redis.call('HMGET', key, 's', 'rec')
    if v[1] and not v[2] and redis.call('ZCARD', LEASES) + redis.call('ZCARD', FINISHED) <= tonumber(ARGV[4]) then
      redis.call('ZADD', FINISHED, text(at + RETENTION), id)
    else
      if v[1] and not v[2] then redis.call('HSET', META, 'fg', '1') end
      redis.call('UNLINK', key)
      redis.call('ZREM', FINISHED, id)
    end
  end
  more = more or #old == most
end

if meta[1] then
  local windows = base .. 'w:' .. meta[1]
  local ended = redis.call('ZRANGEBYSCORE', windows, '-inf', text(at), 'LIMIT', 0, most)
  local gone = 0
  for _, suffix in ipairs(ended) do
    local held = redis.call('HGET', base .. 'c:' .. suffix, 'h')
    if not held or held == '0' then
      redis.call('UNLINK', base .. 'c:' .. suffix)
      redis.call('ZREM', windows, suffix)
      gone = gone + 1
    end
  end
  more = more or gone == most
  redis.call('PEXPIRE', windows, text(KEEP))
end

redis.call('PEXPIRE', META, text(KEEP))
redis.call('PEXPIRE', LEASES, text(KEEP))
redis.call('PEXPIRE', FINISHED, text(KEEP))
return {more and 1 or 0, swept, meta[1] or '', meta[2] or ''}
