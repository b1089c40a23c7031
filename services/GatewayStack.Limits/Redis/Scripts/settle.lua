-- id person tokens cost
local r = load(ARGV[3])
if not r or r.person ~= ARGV[4] then return {'unknown'} end
if r.state == 'd' then return {'duplicate'} end
charge(r, 'd', tonumber(ARGV[5]), tonumber(ARGV[6]))
retire(r.id, now())
return {'settled', text(r.hold_tokens), text(r.hold_cost)}
