-- Writes down what a run tells of itself.
--
-- KEYS  the group's, see group.lua
-- ARGV  identifier, fencing token, then what it tells, see notes.lua
-- Returns whether the claim holds (1 or 0)
-- Atomic: the claim is checked and all is written.

local entry = heldBy(ARGV[1], ARGV[2])
if not entry then
  return 0
end
note(ARGV[1], entry, 3)
return 1
