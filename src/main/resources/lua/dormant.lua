-- Library: announcements that expired a short while ago and may still be released, at most one of
-- each author and identifier, and so many of each identifier as are allowed.
--
-- Invariants: dormant, asleep and events hold the same ones; none of them is in pending; none is
-- older than what came after it from its author.

local function dormantOfMember(member)
  local author, id, entered = string.match(member, '%z(%x+) (%x+) (%d+)$')
  return { member = member, author = author, id = id, entered = tonumber(entered),
    kind = ANNOUNCEMENT }
end

-- Those of an identifier, by author.
local function dormantOf(identifier)
  local found = membersOf(DORMANT, identifier)
  for i, member in ipairs(found) do
    found[i] = dormantOfMember(member)
  end
  return found
end

local function dormantBy(identifier, author)
  local prefix = identifier .. '\0' .. author
  local member =
    redis.call('ZRANGEBYLEX', DORMANT, '[' .. prefix .. ' ', '(' .. prefix .. '!', 'LIMIT', 0, 1)[1]
  return member and dormantOfMember(member)
end

local function dropDormant(one)
  redis.call('ZREM', DORMANT, one.member)
  redis.call('ZREM', ASLEEP, one.id)
  redis.call('HDEL', EVENTS, one.id)
end

-- Whether an author's announcement is older than the one that is dormant.
local function isOlderThan(one, head)
  local _, json = storedEvent(one.id)
  local dormant = headOf(json)
  return dormant and replaces(dormant, head)
end

-- An announcement waits or is served now: what it replaces is let go.
local function dormantReplacedBy(identifier, head)
  local before = dormantBy(identifier, head.author)
  if before and not isOlderThan(before, head) then
    dropDormant(before)
  end
end

-- Keeps an announcement that just expired. Newcomers are passed over when there are too many.
local function keepDormant(identifier, json, entered, most)
  local head = headOf(json)
  local known = head
    and redis.call('HGET', KNOWN, identifier .. '\0' .. ANNOUNCEMENT .. ' ' .. head.author)
  if not head or known and not replaces(head, headOf(known)) then
    return
  end
  local before = dormantBy(identifier, head.author)
  if before and isOlderThan(before, head) or not before and countOf(DORMANT, identifier) >= most then
    return
  end
  if before then
    dropDormant(before)
  end
  local member = identifier .. '\0' .. table.concat({ head.author, head.id, int(entered) }, ' ')
  redis.call('ZADD', DORMANT, 0, member)
  redis.call('ZADD', ASLEEP, int(stamp()), head.id)
  putEvent(head.id, member, json)
end
