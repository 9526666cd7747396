-- Library: what is known of an identifier besides its pending events: the newest announcement and
-- state of each author (NIP-01's replaceable events), in the order in which their authors came.
-- An identifier whose knowledge outlives its queue entry lingers in idle.

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
  else
    return
  end
  if head.kind == ANNOUNCEMENT then
    dormantReplacedBy(identifier, head)
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

-- Forgets an identifier that is no longer in idle. Returns how much there was of it.
local function forget(identifier)
  local fields = knownFieldsOf(identifier)
  for _, field in ipairs(fields) do
    redis.call('HDEL', KNOWN, field)
  end
  redis.call('ZREMRANGEBYLEX', SLOTS, from(identifier), to(identifier))
  local dormant = dormantOf(identifier)
  for _, one in ipairs(dormant) do
    dropDormant(one)
  end
  return #fields + #dormant
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

-- All that a run needs: { id, entered, JSON, id, … } of the pending events, { field, JSON, … } of
-- what is known, { id, JSON, … } of the dormant announcements, and how many bytes of JSON these are.
local function workOf(identifier)
  local pending, known, dormant, bytes = {}, {}, {}, 0
  for _, event in ipairs(pendingOf(identifier)) do
    local _, json = storedEvent(event.id)
    json = json or ''
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
  for _, one in ipairs(dormantOf(identifier)) do
    local _, json = storedEvent(one.id)
    json = json or ''
    bytes = bytes + #json
    dormant[#dormant + 1] = one.id
    dormant[#dormant + 1] = json
  end
  return pending, known, dormant, bytes
end
