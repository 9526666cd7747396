-- Claims identifiers that are due, the longest due first. One whose lease ran out counts as due.
--
-- KEYS  the group's, see group.lua
-- ARGV  most claims, lease, how many bytes of JSON are enough for one answer
-- Returns { how long until the next one is due (0: it is already; -1: none is queued), and for each
--       claim { identifier, fencing token, pending events, known events, dormant announcements },
--       see knowledge.lua }
-- Atomic: an identifier is taken and its work is read, so that no other replica can claim it.

local most, lease, enough = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local answer = { -1 }
local due = redis.call('ZRANGEBYSCORE', DUE, '-inf', int(NOW), 'LIMIT', 0, most)
if #due > 0 then
  goOnWhenFull()
end
for _, identifier in ipairs(due) do
  local entry = entryOf(identifier) or eventArrived(nil, 0)
  entry.running = true
  entry.again = nil
  entry.token = int(stamp())
  entry.lease = NOW + lease
  endApplying(identifier, entry)
  putEntry(identifier, entry)
  local pending, known, dormant, bytes = workOf(identifier)
  answer[#answer + 1] = { identifier, entry.token, pending, known, dormant }
  enough = enough - bytes
  if enough <= 0 then
    break
  end
end
local first = redis.call('ZRANGE', DUE, 0, 0, 'WITHSCORES')[2]
if first then
  answer[1] = math.max(tonumber(first) - NOW, 0)
end
return #due > 0 and finish(answer) or answer
