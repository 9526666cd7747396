-- Library: what is known of an identifier besides its pending events: the newest announcement and
-- state of each author (NIP-01's replaceable events), in the order in which their authors came.
-- An identifier whose knowledge outlives its queue entry lingers in idle.

local ANNOUNCEMENT, STATE = '30617', '30618'

-- The beginning of an event's JSON, as EventJson writes it; nil if it is damaged.
local function headOf(json)
  local id, author, created, kind =
    string.match(json, '^{"id":"(%x+)","pubkey":"(%x+)","created_at":(%d+),"kind":(%d+),')
  return id and { id = id, author = author, created = tonumber(created), kind = kind }
end

-- The newest created_at wins, and on a tie the lowest id.
local function replaces(new, old)
  if not old or new.created ~= old.created then
    return not old or new.created > old.created
  end
  return new.id < old.id
end

-- Anybody can announce any identifier, so newcomers are passed over when there are too many.
local function learn(identifier, json, most)
  local head = headOf(json)
  if not head or (head.kind ~= ANNOUNCEMENT and head.kind ~= STATE) then
    return
  end
  local slot = head.kind .. ' ' .. head.author
  local field = identifier .. '\0' .. slot
  local before = redis.call('HGET', KNOWN, field)
  if before then
    if replaces(head, headOf(before)) then
      redis.call('HSET', KNOWN, field, json)
    end
  elseif countOf(SLOTS, identifier) < most then
    redis.call('ZADD', SLOTS, 0, identifier .. '\0' .. sortable(stamp()) .. ' ' .. slot)
    redis.call('HSET', KNOWN, field, json)
  end
end

-- The fields of known that belong to an identifier.
local function knownFieldsOf(identifier)
  local fields = membersOf(SLOTS, identifier)
  for i, member in ipairs(fields) do
    fields[i] = identifier .. '\0' .. string.match(member, '%z%d+ (.*)$')
  end
  return fields
end

-- Forgets an identifier that is no longer in idle. Returns how much was known.
local function forget(identifier)
  local fields = knownFieldsOf(identifier)
  for _, field in ipairs(fields) do
    redis.call('HDEL', KNOWN, field)
  end
  redis.call('ZREMRANGEBYLEX', SLOTS, from(identifier), to(identifier))
  return #fields
end

-- Lets those go that have lingered longest, until one more identifier may be remembered.
local function makeRoom(most)
  local excess = redis.call('ZCARD', DUE) + redis.call('ZCARD', IDLE) + 1 - most
  if excess > 0 then
    local longest = redis.call('ZPOPMIN', IDLE, int(excess))
    for i = 1, #longest, 2 do
      forget(longest[i])
    end
  end
end

-- All that a run needs: { id, entered, JSON, id, … }, { field, JSON, field, … } and how many bytes
-- of JSON these are.
local function workOf(identifier)
  local pending, known, bytes = {}, {}, 0
  for _, event in ipairs(pendingOf(identifier)) do
    local json = redis.call('HGET', EVENTS, event.id) or ''
    bytes = bytes + #json
    pending[#pending + 1] = event.id
    pending[#pending + 1] = event.entered
    pending[#pending + 1] = json
  end
  for _, field in ipairs(knownFieldsOf(identifier)) do
    local json = redis.call('HGET', KNOWN, field) or ''
    bytes = bytes + #json
    known[#known + 1] = field
    known[#known + 1] = json
  end
  return pending, known, bytes
end
