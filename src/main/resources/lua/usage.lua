-- Says how full the store is.
--
-- KEYS  the group's, see group.lua
-- Returns { identifiers in the queue, results that are kept, when the database was first used }
-- Atomic: all at one time.

return { redis.call('ZCARD', DUE), redis.call('XLEN', RESULTS), meta[1] }
