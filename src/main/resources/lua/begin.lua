-- Says which events a run may apply, so that they can neither be withdrawn nor expire from now on.
--
-- KEYS  the group's, see group.lua
-- ARGV  identifier, fencing token, lease; then the event ids
-- Returns those of the ids that still wait or are dormant; nil if the claim was lost
-- Atomic: the claim is checked and renewed, what waits is looked up, and the run is said to apply
--       it.

local identifier = ARGV[1]
local entry = heldBy(identifier, ARGV[2])
if not entry then
  return false
end
local waiting, begun = {}, {}
for _, event in ipairs(pendingOf(identifier)) do
  waiting[event.id] = true
end
for _, event in ipairs(dormantOf(identifier)) do
  waiting[event.id] = true
end
goOnWhenFull()
entry.lease = NOW + tonumber(ARGV[3])
for i = 4, #ARGV do
  if waiting[ARGV[i]] then
    waiting[ARGV[i]] = nil
    begun[#begun + 1] = ARGV[i]
    entry.begun[ARGV[i]] = true
  end
end
putEntry(identifier, entry)
return begun
