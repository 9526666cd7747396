-- Stores a result and removes its events from the queue. The last event takes the run with it.
--
-- KEYS  the group's, see group.lua
-- ARGV  identifier, fencing token, outcome, changes as JSON, most known events; then for each event
--       its id and why it leaves unsatisfied (empty: it is satisfied)
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
if outcome == SATISFYING then
  for _, event in ipairs(dormantOf(identifier)) do
    event.asleep = true
    waiting[event.id] = event
  end
end
for i = 6, #ARGV, 2 do
  local event = waiting[ARGV[i]]
  waiting[ARGV[i]] = nil
  if event then
    event.reason = ARGV[i + 1]
    leaving[#leaving + 1] = event
  end
end
if #leaving == 0 and left > 0 then
  return { 0 }
end

goOnWhenFull()
local answer = { 0 }
if #leaving > 0 then
  -- The run in progress is one more than those that ended in vain.
  append(identifier, outcome, entry.attempts + 1, leaving, changes)
  local removed, learnt = {}, {}
  for i, event in ipairs(leaving) do
    answer[#answer + 1] = event.id
    entry.begun[event.id] = nil
    if outcome == SATISFYING then
      local _, json = storedEvent(event.id)
      learnt[i] = json or ''
    end
    if event.asleep then
      dropDormant(event)
      redis.call('ZREM', EXPIRED, event.id)
    else
      removed[#removed + 1] = event
    end
  end
  left = remove(identifier, removed)
  for _, json in ipairs(learnt) do
    learn(identifier, json, tonumber(ARGV[5]))
  end
  if left > 0 then
    putEntry(identifier, entry)
  end
end
if left == 0 then
  answer[1] = 1
  leaveQueue(identifier)
end
return finish(answer)
