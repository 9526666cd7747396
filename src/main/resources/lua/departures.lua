-- Library: how events leave the queue: each with a result, and in the same step as it is stored, or
-- withdrawn.
--
-- A result in the stream: outcome, identifier, attempts, completed, released (<event id>:<kind>:
-- <waited>, joined by commas), reasons (a line for each of those; empty if they are satisfied) and
-- changes, which only Java reads.
--
-- Invariants: positions grow; trimmed lies before every result that is kept and not before any
-- that was dropped; satisfied holds the events of the satisfied results that are kept.

local SATISFYING = 'SATISFIED'

-- The place behind the newest: the time, or the next number within its millisecond.
local function nextPosition()
  local millis, number = string.match(meta[3], '^(%d+)-(%d+)$')
  local time = math.floor(NOW / 1000)
  if time > tonumber(millis) then
    return int(time) .. '-0'
  end
  return millis .. '-' .. int(number + 1)
end

local function append(identifier, outcome, attempts, leaving, changes)
  local released, reasons = {}, {}
  for i, event in ipairs(leaving) do
    released[i] = event.id .. ':' .. event.kind .. ':' .. int(NOW - event.entered)
    reasons[i] = event.reason or ''
    if outcome == SATISFYING then
      redis.call('SADD', SATISFIED, event.id)
    end
  end
  meta[3] = nextPosition()
  redis.call('XADD', RESULTS, meta[3], 'outcome', outcome, 'identifier', identifier,
    'attempts', int(attempts), 'completed', int(NOW), 'released', table.concat(released, ','),
    'reasons', outcome == SATISFYING and '' or table.concat(reasons, '\n'), 'changes', changes)
end

-- Removes events from the queue. Returns how many of the identifier still wait.
local function remove(identifier, leaving)
  for _, event in ipairs(leaving) do
    redis.call('ZREM', PENDING, event.member)
    redis.call('HDEL', EVENTS, event.id)
  end
  return expiresFirst(identifier) and countOf(PENDING, identifier) or 0
end
