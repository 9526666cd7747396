-- Leaves the line.
-- KEYS    the domain's (domain.lua)
-- ARGV    1-5 as domain.lua, 6 waiter
-- returns this replica's waiters whose turn it is now; those of other replicas are told
-- atomic  the place comes free and who follows is found in one step
local time = now()
redis.call('ZREM', LINE, ARGV[6])
tidy(time)
keep()
return turns(time)
