-- Stores a result and removes its events from the queue. The last event takes the run with it.
--
-- KEYS  the group's, see group.lua
-- ARGV  identifier, fencing token, outcome, changes as JSON, most known events; then the event ids
-- Returns { whether the run has ended (1 or 0), the ids that were released now }; nil if the claim
--       was lost
-- Atomic: the claim is checked, the result stored, its events removed and the run ended.

local identifier, token, outcome, changes = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local entry = heldBy(identifier, token)
if not entry then
  return false
end
local waiting, leaving = {}, {}
local left = 0
for _, event in ipairs(pendingOf(identifier)) do
  waiting[event.id] = event
  left = left + 1
end
for i = 6, #ARGV do
  local event = waiting[ARGV[i]]
  waiting[ARGV[i]] = nil
  leaving[#leaving + 1] = event
end
if #leaving == 0 and left > 0 then
  return { 0 }
end

goOnWhenFull()
local answer = { 0 }
if #leaving > 0 then
  -- The run in progress is one more than those that ended in vain.
  append(identifier, outcome, entry.attempts + 1, leaving, changes)
  for _, event in ipairs(leaving) do
    answer[#answer + 1] = event.id
    if outcome == SATISFYING then
      learn(identifier, redis.call('HGET', EVENTS, event.id) or '', tonumber(ARGV[5]))
    end
  end
  left = remove(identifier, leaving)
end
if left == 0 then
  answer[1] = 1
  leaveQueue(identifier)
end
return finish(answer)
