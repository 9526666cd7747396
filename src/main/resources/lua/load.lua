-- Reads what there is to know about a claimed identifier.
--
-- KEYS  the group's, see group.lua
-- ARGV  identifier, fencing token
-- Returns { pending events, known events }, see knowledge.lua; nil if the claim was lost
-- Atomic: the claim is checked and all is read at one time.

local identifier, token = ARGV[1], ARGV[2]
if not heldBy(identifier, token) then
  return false
end
local pending, known = workOf(identifier)
return { pending, known }
