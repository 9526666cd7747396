-- Lists identifiers with pending events, in the order of their bytes.
--
-- KEYS  the group's, see group.lua
-- ARGV  identifier to begin behind (empty: the first one), most entries, phase (empty: any), how
--       many identifiers are enough to look at, how many bytes are enough for one answer
-- Returns { identifiers in the queue, the last identifier looked at if there are more ('': there
--       are not), and for each entry its status, see notes.lua }
-- Atomic: all at one time.

local after, most, phase, looks, enough = ARGV[1], tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4]),
  tonumber(ARGV[5])
local answer = { redis.call('ZCARD', DUE), '' }
local last = after

local function nextIdentifier()
  local start = last == '' and '-' or to(last)
  local member = redis.call('ZRANGEBYLEX', PENDING, start, '+', 'LIMIT', 0, 1)[1]
  return member and string.match(member, '^(.-)%z')
end

local identifier = nextIdentifier()
while identifier do
  if looks == 0 or #answer - 2 == most or enough <= 0 then
    answer[2] = last
    break
  end
  local entry = entryOf(identifier)
  if entry and (phase == '' or phase == phaseOf(entry)) then
    local status, bytes = statusOf(identifier, entry)
    answer[#answer + 1] = status
    enough = enough - bytes
  end
  looks = looks - 1
  last = identifier
  identifier = nextIdentifier()
end
return answer
