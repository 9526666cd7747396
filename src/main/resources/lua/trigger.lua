-- Brings the next run of an identifier forward, if events of it wait.
--
-- KEYS  the group's, see group.lua
-- ARGV  identifier, delay
-- Returns { how many events wait, when the identifier is due (-1: no event waits) }
-- Atomic: whether events wait, and the entry's change.

local identifier, delay = ARGV[1], tonumber(ARGV[2])
local waiting = countOf(PENDING, identifier)
if waiting == 0 then
  return { 0, -1 }
end
goOnWhenFull()
local entry = eventArrived(entryOf(identifier), delay)
putEntry(identifier, entry)
return { waiting, dueOf(entry) }
