-- Tells how an identifier stands.
--
-- KEYS  the group's, see group.lua
-- ARGV  identifier
-- Returns its status, see notes.lua; nil if it is not in the queue
-- Atomic: all at one time.

local entry = entryOf(ARGV[1])
return entry and statusOf(ARGV[1], entry) or false
