-- Library: what runs tell of themselves, and how identifiers stand.
--
-- What is noted of an identifier, as text: what its run saw last, and then, newest first, a line for
-- each fetch that ended: <when> <what came of it>. What was seen and what came of it only Java
-- reads.

local MOST_LINES = 20

-- Writes down what a run that holds the identifier tells. ARGV from a place on: whether it waits
-- for a permit (1 or 0), what it saw (empty: as before), and for each fetch that ended, the oldest
-- first, how long ago that was and what came of it.
--
-- Without memory for it nothing is noted: whether the run may go on does not depend on it. So it
-- has to be the first write of a script.
local function note(identifier, entry, first)
  local seen = ARGV[first + 1]
  if seen ~= '' or #ARGV > first + 1 then
    local before = redis.call('HGET', NOTES, identifier) or '\n'
    local seenBefore, lines = string.match(before, '^([^\n]*)\n(.*)$')
    local kept, count = {}, 0
    for i = #ARGV, first + 2, -2 do
      count = count + 1
      kept[count] = int(NOW - tonumber(ARGV[i - 1])) .. ' ' .. ARGV[i]
    end
    for line in string.gmatch(lines, '[^\n]+') do
      count = count + 1
      kept[count] = line
    end
    redis.pcall('HSET', NOTES, identifier, (seen ~= '' and seen or seenBefore) .. '\n'
      .. table.concat(kept, '\n', 1, math.min(count, MOST_LINES)))
  end
  local throttled = ARGV[first] == '1'
  if entry.throttled ~= throttled then
    goOnWhenFull()
    entry.throttled = throttled
    putEntry(identifier, entry)
  end
end

local function phaseOf(entry)
  return not entry.running and 'waiting' or entry.throttled and 'throttled' or 'running'
end

-- { identifier, phase, attempts, when it is due (-1: not known yet), when the first pending event
-- entered (-1: there is none), the ids of the pending events, one after the other, and what is
-- noted }, and about how many bytes these are
local function statusOf(identifier, entry)
  local pending, ids = pendingOf(identifier), {}
  for i, event in ipairs(pending) do
    ids[i] = event.id
  end
  local due = entry.next
  if entry.running then
    due = entry.again or -1
  end
  local notes = redis.call('HGET', NOTES, identifier) or ''
  local status = { identifier, phaseOf(entry), entry.attempts, due,
    pending[1] and pending[1].entered or -1, table.concat(ids), notes }
  return status, #status[6] + #notes
end
