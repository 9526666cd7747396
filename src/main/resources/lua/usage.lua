-- Says how full the store is.
--
-- KEYS  the group's, see group.lua
-- Returns { identifiers in the queue, results that are kept }
-- Atomic: both at one time.

return { redis.call('ZCARD', DUE), redis.call('XLEN', RESULTS) }
