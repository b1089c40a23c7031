-- gen: a tenant that the store has never seen
if not redis.call('HGET', META, 'g') then redis.call('HSET', META, 'g', ARGV[3], 'o', '0') end
keep(META)
return redis.call('HGET', META, 'g')
