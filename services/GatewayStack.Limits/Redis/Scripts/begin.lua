-- gen: from here on nothing is forgotten, and reservations that are made are noted for the new generation
redis.call('HSET', META, 'b', ARGV[3])
redis.call('HDEL', META, 'st', 'z')
redis.call('UNLINK', base .. 'n')
keep(META)
return redis.call('HGET', META, 'g')
