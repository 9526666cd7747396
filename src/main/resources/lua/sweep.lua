-- Expires events that waited too long, with a result for each identifier, and forgets what need not
-- be remembered any more. Does so much at once as Redis may be held for, and says if there is more.
--
-- KEYS  the group's, see group.lua
-- ARGV  expiry, memory of expired events, most expired events, retention of results, most results,
--       most identifiers and most other things to deal with in this call
-- Returns { how many events expired, whether there is more to do (1 or 0), when the database was
--       first used }
-- Atomic: for each identifier, its result is stored and its events are removed; for each result,
--       it is dropped and its events are no longer satisfied.

local expiry, expiredMemory, mostExpired, retention, mostResults, identifiersLeft, left =
  tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]),
  tonumber(ARGV[6]), tonumber(ARGV[7])

local function rememberExpired(id)
  redis.call('ZADD', EXPIRED, int(stamp()), id)
  if redis.call('ZCARD', EXPIRED) > mostExpired then
    redis.call('ZPOPMIN', EXPIRED)
  end
end

local function expire(identifier)
  local leaving = {}
  for _, event in ipairs(pendingOf(identifier)) do
    if event.entered <= NOW - expiry then
      leaving[#leaving + 1] = event
    end
  end
  local entry = entryOf(identifier)
  append(identifier, 'EXPIRED', entry and entry.attempts or 0, leaving, '')
  for _, event in ipairs(leaving) do
    rememberExpired(event.id)
  end
  if remove(identifier, leaving) == 0 and not (entry and entry.running) then
    leaveQueue(identifier)
  end
  return #leaving
end

local function expireAll()
  local expired = 0
  local identifiers = redis.call('ZRANGEBYSCORE', OLDEST, '-inf', int(NOW - expiry), 'LIMIT', 0,
    identifiersLeft + 1)
  for _, identifier in ipairs(identifiers) do
    if identifiersLeft == 0 then
      left = 0
    end
    if left <= 0 then
      break
    end
    local count = expire(identifier)
    expired = expired + count
    identifiersLeft = identifiersLeft - 1
    left = left - count - 1
  end
  return expired
end

local function forgetExpired()
  local forgotten = redis.call('ZRANGEBYSCORE', EXPIRED, '-inf',
    stampedBefore(NOW - expiredMemory), 'LIMIT', 0, left)
  for _, id in ipairs(forgotten) do
    redis.call('ZREM', EXPIRED, id)
  end
  left = left - #forgotten
end

-- The oldest result that is kept behind a position, as { position, fields by name }.
local function resultBehind(position)
  local found = redis.call('XRANGE', RESULTS, position, '+', 'COUNT', 1)[1]
  local fields = {}
  for i = 1, #found[2], 2 do
    fields[found[2][i]] = found[2][i + 1]
  end
  return found[1], fields
end

local function trim()
  local size = redis.call('XLEN', RESULTS)
  local behind = '-'
  while left > 0 and size > 0 do
    local position, result = resultBehind(behind)
    if size <= mostResults and tonumber(result.completed) > NOW - retention then
      break
    end
    for id in string.gmatch(result.released, '(%x+):%d+:%-?%d+') do
      left = left - 1
      if result.outcome == SATISFYING then
        redis.call('SREM', SATISFIED, id)
      end
    end
    left = left - 1
    size = size - 1
    behind = '(' .. position
    meta[4] = position
  end
  if behind ~= '-' then
    local millis, number = string.match(meta[4], '^(%d+)-(%d+)$')
    redis.call('XTRIM', RESULTS, 'MINID', '=', millis .. '-' .. int(number + 1))
  end
end

local function dropIdle()
  local before = stampedBefore(NOW - retention)
  while left > 0 do
    local longest = redis.call('ZRANGEBYSCORE', IDLE, '-inf', before, 'LIMIT', 0, 1)[1]
    if not longest then
      break
    end
    redis.call('ZREM', IDLE, longest)
    left = left - forget(longest) - 1
  end
end

goOnWhenFull()
local expired = expireAll()
if left > 0 then
  forgetExpired()
end
trim()
dropIdle()
return finish({ expired, left > 0 and 0 or 1, meta[1] })
