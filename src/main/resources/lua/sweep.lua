-- Expires events that waited too long, with a result for each identifier, and forgets what need not
-- be remembered any more. Does so much at once as Redis may be held for, and says if there is more.
--
-- KEYS  the group's, see group.lua
-- ARGV  expiry, memory of expired events, most expired events, retention of results, most results,
--       most identifiers and most other things to deal with in this call, why events expire, most
--       dormant announcements of an identifier, how long they are kept
-- Returns { how many events expired, whether there is more to do (1 or 0), when the database was
--       first used }
-- Atomic: for each identifier, its result is stored and its events are removed; for each result,
--       it is dropped and its events are no longer satisfied.

local expiry, expiredMemory, mostExpired, retention, mostResults, identifiersLeft, left,
  reason, mostDormant, dormancy =
  tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]),
  tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8], tonumber(ARGV[9]), tonumber(ARGV[10])

local function rememberExpired(id)
  redis.call('ZADD', EXPIRED, int(stamp()), id)
  if redis.call('ZCARD', EXPIRED) > mostExpired then
    redis.call('ZPOPMIN', EXPIRED)
  end
end

-- What a run is applying is looked at again when its lease is over, unless it is renewed.
local function lookAgain(identifier, entry, young)
  local again = entry.lease - expiry
  redis.call('ZADD', OLDEST, int(young and math.min(again, young.entered) or again), identifier)
end

local function expire(identifier)
  local entry = entryOf(identifier) or NO_ENTRY
  local leaving, announcements, young, applied = {}, {}, nil, false
  for _, event in ipairs(pendingOf(identifier)) do
    if event.entered > NOW - expiry then
      young = young or event
    elseif isBegun(entry, event.id) then
      applied = true
    else
      event.reason = reason
      leaving[#leaving + 1] = event
      if event.kind == ANNOUNCEMENT then
        local _, json = storedEvent(event.id)
        announcements[#announcements + 1] = { json = json or '', entered = event.entered }
      end
    end
  end
  if #leaving > 0 then
    append(identifier, 'EXPIRED', entry.attempts or 0, leaving, '')
    for _, event in ipairs(leaving) do
      rememberExpired(event.id)
    end
    if remove(identifier, leaving) == 0 and not entry.running then
      leaveQueue(identifier)
    end
    for _, announcement in ipairs(announcements) do
      keepDormant(identifier, announcement.json, announcement.entered, mostDormant)
    end
  end
  if applied then
    lookAgain(identifier, entry, young)
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

local function forgetDormant()
  local forgotten = redis.call('ZRANGEBYSCORE', ASLEEP, '-inf', stampedBefore(NOW - dormancy),
    'LIMIT', 0, left)
  for _, id in ipairs(forgotten) do
    local member = storedEvent(id)
    if member then
      dropDormant(dormantOfMember(member))
    else
      redis.call('ZREM', ASLEEP, id)
    end
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
if left > 0 then
  forgetDormant()
end
trim()
dropIdle()
return finish({ expired, left > 0 and 0 or 1, meta[1] })
