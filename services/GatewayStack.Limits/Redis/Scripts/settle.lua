-- id person tokens cost
local r = load(ARGV[3])
if not r then
  -- Its reservation may still be under way, longer than its caller waited: it must hold nothing then, for nobody would settle it.
  redis.call('SET', base .. 't:' .. ARGV[3], ARGV[4], 'NX', 'PX', text(RETENTION / 1000))
  return {'unknown'}
end
if r.person ~= ARGV[4] then return {'unknown'} end
if r.state == 'd' then return {'duplicate'} end
charge(r, 'd', tonumber(ARGV[5]), tonumber(ARGV[6]))
retire(r.id, now())
return {'settled', text(r.hold_tokens), text(r.hold_cost)}
