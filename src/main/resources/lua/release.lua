-- Gives a permit back. Idempotent.
-- KEYS    the domain's (domain.lua)
-- ARGV    1-5 as domain.lua, 6 holder, 7 how many microseconds ago its request arrived, or ''
-- returns this replica's waiters whose turn it is; those of other replicas are told
-- atomic  the slot comes free and its next taker is found in one step
local time = now()
redis.call('ZREM', PERMITS, ARGV[6])
arrive(ARGV[6], ARGV[7] == '' and time or time - tonumber(ARGV[7]))
tidy(time)
keep()
return turns()
