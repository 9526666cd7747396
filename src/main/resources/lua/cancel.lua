-- Withdraws events, without a result.
--
-- KEYS  the group's, see group.lua
-- ARGV  the event ids, each once
-- Returns for each event that waited or was dormant, and that no run is applying, its id and its
--       identifier
-- Atomic: whether each event waits and its removal, and the end of identifiers without any left.

local answer, entries, leaving = {}, {}, {}
goOnWhenFull()
for _, id in ipairs(ARGV) do
  local member = storedEvent(id)
  local identifier = member and string.match(member, '^(.-)%z')
  if identifier then
    entries[identifier] = entries[identifier] or entryOf(identifier) or NO_ENTRY
    if not isBegun(entries[identifier], id) then
      answer[#answer + 1] = id
      answer[#answer + 1] = identifier
      if redis.call('ZSCORE', ASLEEP, id) then
        dropDormant(dormantOfMember(member))
      else
        leaving[identifier] = leaving[identifier] or {}
        table.insert(leaving[identifier], eventOf(member))
      end
    end
  end
end
-- In the request's order, as their stamps tell who lingers longest.
for i = 2, #answer, 2 do
  local identifier = answer[i]
  if leaving[identifier] then
    if remove(identifier, leaving[identifier]) == 0 and not entries[identifier].running then
      leaveQueue(identifier)
    end
    leaving[identifier] = nil
  end
end
return finish(answer)
