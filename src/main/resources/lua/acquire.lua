-- Takes a permit, or a place in the domain's line.
-- KEYS    the domain's (domain.lua)
-- ARGV    1-5 as domain.lua, 6 waiter, 7 holder of the permit
-- returns {1} if the permit was taken; or {0, microseconds that the window alone keeps everybody
--         waiting, microseconds until time alone frees something or '', since when the
--         replica has been alive in this line}
-- atomic  checking and taking are one step; whoever is at place n of the line may take once n are
--         free, so that nobody overtakes
local time = now()
tidy(time)
local rank = redis.call('ZRANK', LINE, ARGV[6])
local its_turn = (rank or redis.call('ZCARD', LINE)) < free()
if its_turn then
  redis.call('ZREM', LINE, ARGV[6])
  redis.call('ZADD', PERMITS, int(time + LEASE), ARGV[7])
  redis.call('SADD', WAY, ARGV[7])
  keep()
  return { 1 }
end
if not rank then
  redis.call('ZADD', LINE, redis.call('HINCRBY', TICKETS, 'last', 1), ARGV[6])
end
local since = live(time)
keep()
local wait = 0
local first = redis.call('ZRANGE', STARTS, 0, 0, 'WITHSCORES')[2]
if first and redis.call('SCARD', WAY) + redis.call('ZCARD', STARTS) >= PER_MINUTE then
  wait = tonumber(first) + WINDOW - time
end
return { 0, int(wait), until_change(time), since }
