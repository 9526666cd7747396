-- Library: the identifiers of the queue, with the indexes that find them, and the transitions that
-- DESIGN calls queue semantics (QueueEntry in Java).
--
-- An entry as text: <next> <attempts> <running> <due again, or -> <token> <lease until>, and then
-- the ids of the events that the run is applying. Running is 0: no run is in progress, 1: one is, 2:
-- one is and waits for a permit.
--
-- Invariants: an identifier has an entry exactly while it has pending events or a run in progress;
-- one with an entry is in due and not in idle, any other that is remembered is in idle only.

local function entryOf(identifier)
  local text = redis.call('HGET', ENTRIES, identifier)
  if not text then
    return nil
  end
  local next, attempts, running, again, token, lease, begun =
    string.match(text, '^(%S+) (%S+) (%S+) (%S+) (%S+) (%S+)(.*)$')
  local entry = {
    next = tonumber(next),
    attempts = tonumber(attempts),
    running = running ~= '0',
    throttled = running == '2',
    again = tonumber(again),
    token = token,
    lease = tonumber(lease),
    begun = {}
  }
  for id in string.gmatch(begun, '%x+') do
    entry.begun[id] = true
  end
  return entry
end

local function putEntry(identifier, entry)
  local running = not entry.running and '0' or entry.throttled and '2' or '1'
  local words = { string.format('%.0f %.0f %s %s %s %.0f', entry.next, entry.attempts, running,
    entry.again and int(entry.again) or '-', entry.token, entry.lease) }
  for id in pairs(entry.begun) do
    words[#words + 1] = id
  end
  redis.call('HSET', ENTRIES, identifier, table.concat(words, ' '))
  redis.call('ZADD', DUE, int(entry.running and entry.lease or entry.next), identifier)
end

-- When the next run is due, as far as is known now.
local function dueOf(entry)
  return entry.again or entry.next
end

-- Stands for the entry of an identifier that is not queued.
local NO_ENTRY = { running = false, begun = {} }

-- Whether a run is applying the event, so that it can neither be withdrawn nor expire.
local function isBegun(entry, id)
  return entry.running and entry.lease > NOW and entry.begun[id] or false
end

-- The entry of the identifier, if the claim with this token still holds it.
local function heldBy(identifier, token)
  local entry = entryOf(identifier)
  local held = entry and entry.running and entry.token == token and entry.lease > NOW
  return held and entry or nil
end

-- An event, the first one or a further one, or a trigger.
local function eventArrived(entry, delay)
  local due = NOW + delay
  if not entry then
    return { next = due, attempts = 0, running = false, token = '0', lease = 0, begun = {} }
  end
  if entry.running then
    entry.again = math.min(entry.again or due, due)
  else
    entry.next = math.min(entry.next, due)
  end
  entry.attempts = 0
  return entry
end

local function leaveQueue(identifier)
  redis.call('HDEL', ENTRIES, identifier)
  redis.call('ZREM', DUE, identifier)
  redis.call('HDEL', NOTES, identifier)
  redis.call('ZADD', IDLE, int(stamp()), identifier)
end

-- The members of a zset by lex that belong to an identifier. No identifier has control characters.
local function from(identifier)
  return '[' .. identifier .. '\0'
end

local function to(identifier)
  return '(' .. identifier .. '\1'
end

local function countOf(key, identifier)
  return redis.call('ZLEXCOUNT', key, from(identifier), to(identifier))
end

local function membersOf(key, identifier)
  return redis.call('ZRANGEBYLEX', key, from(identifier), to(identifier))
end

-- Takes a member of pending apart.
local function eventOf(member)
  local arrival, id, entered, kind = string.match(member, '%z(%d+) (%x+) (%d+) (%d+)$')
  return { member = member, id = id, entered = tonumber(entered), kind = kind }
end

-- The pending events of an identifier, in order of arrival.
local function pendingOf(identifier)
  local events = membersOf(PENDING, identifier)
  for i, member in ipairs(events) do
    events[i] = eventOf(member)
  end
  return events
end

-- The first of an identifier's events to expire is its first one, as they are in order of arrival.
local function expiresFirst(identifier)
  local first =
    redis.call('ZRANGEBYLEX', PENDING, from(identifier), to(identifier), 'LIMIT', 0, 1)[1]
  if first then
    redis.call('ZADD', OLDEST, int(eventOf(first).entered), identifier)
  else
    redis.call('ZREM', OLDEST, identifier)
  end
  return first
end

-- A run applies nothing any more, so that all may expire again.
local function endApplying(identifier, entry)
  entry.throttled = false
  if next(entry.begun) then
    entry.begun = {}
    expiresFirst(identifier)
  end
end

-- What is stored of an event: its member of pending or dormant, and its JSON. The member has one
-- NUL, the JSON none. No member if it is damaged; nil if there is no such event.
local function storedEvent(id)
  local text = redis.call('HGET', EVENTS, id)
  if not text then
    return nil
  end
  local member, json = string.match(text, '^(.-%z[^%z]*)%z(.*)$')
  return member, json or text
end

local function putEvent(id, member, json)
  redis.call('HSET', EVENTS, id, member .. '\0' .. json)
end
