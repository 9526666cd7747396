-- Ends a run: the identifier leaves the queue, or is due again later. Writes down what it tells.
--
-- KEYS  the group's, see group.lua
-- ARGV  identifier, fencing token, base of the backoff, longest backoff, then what the run tells,
--       see notes.lua
-- Returns { how long until it is due again, attempts }; nil if it left the queue or the claim was
--       lost
-- Atomic: whether events wait and the entry's change, so that an event that arrived a moment ago
--       counts.

local identifier, token, base, longest = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local entry = heldBy(identifier, token)
if not entry then
  return false
end
note(identifier, entry, 5)
goOnWhenFull()
if countOf(PENDING, identifier) == 0 then
  leaveQueue(identifier)
  return finish(false)
end
-- Attempts that an event did not see are not counted against it.
local attempts = entry.again and 0 or entry.attempts + 1
local wait = base
for _ = 2, attempts do
  if wait >= longest then
    break
  end
  wait = wait * 2
end
local retry = NOW + math.min(wait, longest)
entry.next = math.min(entry.again or retry, retry)
entry.attempts = attempts
entry.running = false
entry.again = nil
entry.token = '0'
entry.lease = 0
endApplying(identifier, entry)
putEntry(identifier, entry)
return { math.max(entry.next - NOW, 0), attempts }
