-- Reads of which domains there may be something to tell.
-- KEYS    1 NAMES, 2 TOLD (note_domain.lua)
-- ARGV    1 where to begin, itself excluded, or '', 2 how many
-- returns domains in the order of their names
-- atomic  it only reads
local from = ARGV[1] == '' and '-' or '(' .. ARGV[1]
return redis.call('ZRANGEBYLEX', KEYS[1], from, '+', 'LIMIT', 0, ARGV[2])
