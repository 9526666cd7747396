-- Takes events in, all or none.
--
-- KEYS  the group's, see group.lua
-- ARGV  most identifiers, most events of each, delay, readmit (1 or 0), how many events are pending;
--       for each of those: identifier, id, kind, JSON; then for each known event: identifier, JSON
-- Returns { 'accepted', most waiting of one identifier, and for each pending event its state
--       (queued, pending, satisfied or expired) and when its identifier is due (-1: it does not
--       wait) }, or { 'events', due in } or { 'identifiers' }, which names the bound that is reached
-- Atomic: the bounds are checked and all events are stored, or nothing is. When maxmemory is
--       reached, the first write fails and nothing is stored.

local MOST, MOST_EACH, DELAY, READMIT = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]),
  ARGV[4] == '1'
local FIRST, EACH = 6, 4
local LAST = FIRST + tonumber(ARGV[5]) * EACH - 1

local function stateOf(id)
  if redis.call('HEXISTS', EVENTS, id) == 1 and not redis.call('ZSCORE', ASLEEP, id) then
    return 'pending'
  elseif redis.call('SISMEMBER', SATISFIED, id) == 1 then
    return 'satisfied'
  elseif not READMIT and redis.call('ZSCORE', EXPIRED, id) then
    return 'expired'
  end
  return 'queued'
end

-- Each identifier once, in the request's order, with what there is of it.
local records, order = {}, {}

local function recordOf(identifier)
  local record = records[identifier]
  if not record then
    local entry = entryOf(identifier)
    record = { entry = entry, waiting = entry and countOf(PENDING, identifier) or 0, arriving = 0 }
    records[identifier] = record
    order[#order + 1] = identifier
  end
  return record
end

local states, mostWaiting = {}, 0
for i = FIRST, LAST, EACH do
  local state = stateOf(ARGV[i + 1])
  states[i] = state
  if state == 'queued' then
    local record = recordOf(ARGV[i])
    record.arriving = record.arriving + 1
  end
end
for _, identifier in ipairs(order) do
  local record = records[identifier]
  if record.waiting + record.arriving > MOST_EACH then
    return { 'events', record.entry and dueOf(record.entry) - NOW or 0 }
  end
end
for i = LAST + 1, #ARGV, 2 do
  recordOf(ARGV[i])
end
local newlyBusy = 0
for _, identifier in ipairs(order) do
  if not records[identifier].entry then
    newlyBusy = newlyBusy + 1
  end
end
if newlyBusy > 0 and redis.call('ZCARD', DUE) + newlyBusy > MOST then
  return { 'identifiers' }
end

-- A write that could need memory comes first. An event has more arguments than it needs stamps.
reserveStamps(#ARGV)

-- Puts an identifier where it belongs: into the queue, or at the end of those that linger.
local function place(identifier)
  local record = records[identifier]
  if not record.placed then
    record.placed = true
    local lingers = not record.entry and redis.call('ZSCORE', IDLE, identifier)
    if not record.entry and not lingers then
      makeRoom(MOST)
    end
    if record.arriving > 0 then
      if lingers then
        redis.call('ZREM', IDLE, identifier)
      end
      record.entry = eventArrived(record.entry, DELAY)
      putEntry(identifier, record.entry)
    end
  end
  if not record.entry then
    redis.call('ZADD', IDLE, int(stamp()), identifier)
  end
end

for i = LAST + 1, #ARGV, 2 do
  place(ARGV[i])
  learn(ARGV[i], ARGV[i + 1], MOST_EACH)
end
for i = FIRST, LAST, EACH do
  if states[i] == 'queued' then
    local identifier, id, kind, json = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
    local record = records[identifier]
    place(identifier)
    if record.waiting == 0 then
      redis.call('ZADD', OLDEST, int(NOW), identifier)
    end
    if READMIT then
      redis.call('ZREM', EXPIRED, id)
    end
    if kind == ANNOUNCEMENT then
      dormantReplacedBy(identifier, headOf(json))
    end
    local member = identifier .. '\0'
      .. table.concat({ sortable(stamp()), id, int(NOW), kind }, ' ')
    putEvent(id, member, json)
    redis.call('ZADD', PENDING, 0, member)
    record.waiting = record.waiting + 1
  end
end

local answer = { 'accepted', 0 }
for i = FIRST, LAST, EACH do
  local record = recordOf(ARGV[i])
  local waits = states[i] == 'queued' or states[i] == 'pending'
  mostWaiting = math.max(mostWaiting, record.waiting)
  answer[#answer + 1] = states[i]
  answer[#answer + 1] = waits and record.entry and dueOf(record.entry) or -1
end
answer[2] = mostWaiting
return answer
