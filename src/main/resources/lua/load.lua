-- Reads what there is to know about a claimed identifier, and writes down what its run tells.
--
-- KEYS  the group's, see group.lua
-- ARGV  identifier, fencing token, then what the run tells, see notes.lua
-- Returns { pending events, known events, dormant announcements }, see knowledge.lua; nil if the
--       claim was lost
-- Atomic: the claim is checked, all is written, and all is read at one time.

local identifier, token = ARGV[1], ARGV[2]
local entry = heldBy(identifier, token)
if not entry then
  return false
end
note(identifier, entry, 3)
local pending, known, dormant = workOf(identifier)
return { pending, known, dormant }
