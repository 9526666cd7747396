-- Renews leases.
--
-- KEYS  the group's, see group.lua
-- ARGV  lease; for each claim: identifier, fencing token
-- Returns the places of the claims that were lost, counted from 0
-- Atomic: each claim is checked and renewed.

local lost = {}
goOnWhenFull()
for i = 2, #ARGV, 2 do
  local entry = heldBy(ARGV[i], ARGV[i + 1])
  if entry then
    entry.lease = NOW + tonumber(ARGV[1])
    putEntry(ARGV[i], entry)
  else
    lost[#lost + 1] = (i - 2) / 2
  end
end
return lost
