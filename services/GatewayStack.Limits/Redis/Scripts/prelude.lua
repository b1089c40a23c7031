-- What every script begins with. All keys of a tenant share one hash tag, so that a script may name those it was not given.
-- Times are microseconds since 1970, amounts are whole and below 2^53: a Lua number holds both exactly. Numbers are written with %.0f, because
-- Lua's own text form rounds after 14 digits.
local base, clock = ARGV[1], ARGV[2]
local MAX = 9007199254740991
local RETENTION = 120000000
local KEEP = 3456000000
local META, LEASES, FINISHED = base .. 'm', base .. 'x', base .. 'f'

local function text(n) return string.format('%.0f', n) end

local function clamp(n)
  if n < 0 then return 0 end
  if n > MAX then return MAX end
  return n
end

local function now()
  if clock ~= '' then return tonumber(clock) end
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000000 + tonumber(time[2])
end

local function keep(key)
  if redis.call('PTTL', key) < 0 then redis.call('PEXPIRE', key, text(KEEP)) end
end

-- Reads a counter and makes it where it is missing: c is used, h is held, g tells this counter from a later one of the same name.
local function open(suffix, ttl, ends)
  local key = base .. 'c:' .. suffix
  local v = redis.call('HMGET', key, 'c', 'h', 'g')
  if v[3] then return key, tonumber(v[1]), tonumber(v[2]), v[3] end
  local serial = text(redis.call('HINCRBY', META, 'q', 1))
  redis.call('HSET', key, 'c', '0', 'h', '0', 'g', serial)
  redis.call('PEXPIRE', key, ttl)
  local windows = base .. 'w:' .. string.match(suffix, '^[^:]*')
  redis.call('ZADD', windows, ends, suffix)
  keep(windows)
  return key, 0, 0, serial
end

local function set(key, used, held)
  redis.call('HSET', key, 'c', text(clamp(used)), 'h', text(clamp(held)))
end

-- Adds to the counters a reservation stands in; one that is gone or was made anew is left alone.
local function move(places, tokens, cost, held_tokens, held_cost)
  for _, place in ipairs(places) do
    local used, held = 0, 0
    if place[2] == 't' then used, held = tokens, held_tokens elseif place[2] == 'c' then used, held = cost, held_cost end
    if used ~= 0 or held ~= 0 then
      local key = base .. 'c:' .. place[1]
      local v = redis.call('HMGET', key, 'c', 'h', 'g')
      if v[3] == place[3] then set(key, tonumber(v[1]) + used, tonumber(v[2]) + held) end
    end
  end
end

local function load(id)
  local key = base .. 'r:' .. id
  local v = redis.call('HMGET', key, 's', 'p', 'ht', 'hc', 'ct', 'cc', 'n', 'e', 'k')
  if not v[1] then return nil end
  return {
    id = id, key = key, state = v[1], person = v[2], hold_tokens = tonumber(v[3]), hold_cost = tonumber(v[4]),
    tokens = tonumber(v[5]), cost = tonumber(v[6]), counts = tonumber(v[7]), ends = tonumber(v[8]), places = cmsgpack.unpack(v[9])
  }
end

local function release(r)
  move(r.places, 0, 0, -r.hold_tokens, -r.hold_cost)
  redis.call('HSET', r.key, 's', 'r')
  redis.call('HINCRBY', META, 'o', -1)
end

-- Puts an amount in the place of the hold, or of what was charged before.
local function charge(r, state, tokens, cost)
  if r.state == 'o' then
    move(r.places, tokens - r.tokens, cost - r.cost, -r.hold_tokens, -r.hold_cost)
    redis.call('HINCRBY', META, 'o', -1)
  else
    move(r.places, tokens - r.tokens, cost - r.cost, 0, 0)
  end
  redis.call('HSET', r.key, 's', state, 'ct', text(tokens), 'cc', text(cost))
end

local function retire(id, at)
  redis.call('ZREM', LEASES, id)
  redis.call('ZADD', FINISHED, 'NX', text(at + RETENTION), id)
  keep(FINISHED)
end

local function sweep(at, most)
  local due = redis.call('ZRANGEBYSCORE', LEASES, '-inf', text(at), 'LIMIT', 0, most)
  local swept = 0
  for _, id in ipairs(due) do
    local r = load(id)
    if r then
      if r.state == 'o' then
        charge(r, 'x', r.hold_tokens, r.hold_cost)
        swept = swept + 1
      end
      retire(id, at)
    else
      redis.call('ZREM', LEASES, id)
    end
  end
  return swept, #due
end
