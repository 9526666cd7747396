-- Library: a group's keys, its time and its counters.
--
-- KEYS are the same for every script of a group, so that each declares all that it touches, even
-- one that does not know beforehand which identifiers it will find. All times are microseconds
-- since 1970.
--
--   due        zset  queued identifier -> when it may be claimed: when it is due, or when the
--                    lease of its run ends
--   entries    hash  queued identifier -> its entry, see queue.lua
--   pending    zset  by lex: <identifier> NUL <stamp, 16 digits> <event id> <entered> <kind>
--   events     hash  id of a pending event or dormant announcement -> its member of pending or
--                    dormant, NUL, its JSON
--   oldest     zset  identifier with pending events -> when the first of them entered; later if
--                    a run is applying it, as it does not expire then
--   slots      zset  by lex: <identifier> NUL <stamp, 16 digits> <kind> <author>
--   known      hash  <identifier> NUL <kind> <author> -> the JSON of the newest such event
--   idle       zset  identifier that is remembered, but not queued -> stamp of its last change
--   dormant    zset  by lex: <identifier> NUL <author> <event id> <entered>
--   asleep     zset  id of a dormant announcement -> stamp of its expiry
--   notes      hash  queued identifier -> what its runs have told, see notes.lua
--   expired    zset  id of an expired event -> stamp of its expiry
--   satisfied  set   ids of the events of the satisfied results that are kept
--   results    stream
--   places     hash  consumer -> position that it acknowledged
--   consumers  zset  consumer -> stamp of its last acknowledgement
--   meta       hash  born (when the database was first used), stamp (the last one), newest and
--                    trimmed (positions: of the last result, of the last one that was dropped)
--
-- A stamp is the time, but larger than every stamp before: what has one is in the order in which
-- things happened, even within a microsecond and when the server's clock is set back. A fencing
-- token is a stamp too, so that none ever comes again, even if the database is emptied.

local DUE, ENTRIES, PENDING, EVENTS, OLDEST, SLOTS, KNOWN, IDLE, DORMANT, ASLEEP, NOTES, EXPIRED,
  SATISFIED, RESULTS, PLACES, CONSUMERS, META = unpack(KEYS)
local NOW = now()

-- tostring would write large numbers as 1.79e+15.
local function int(number)
  return string.format('%.0f', number)
end

-- When maxmemory is reached, Redis refuses the first write of a script if it could need memory.
-- HDEL needs none, and what follows it is let through. For scripts that let a full database
-- become emptier: otherwise it would be full for ever.
local function goOnWhenFull()
  redis.call('HDEL', META, '')
end

local meta = redis.call('HMGET', META, 'born', 'stamp', 'newest', 'trimmed')
if not meta[1] then
  -- An empty database. A token from before it was emptied must be out of range from now on.
  local start = int(math.floor(NOW / 1000)) .. '-0'
  meta = { int(NOW), int(NOW), start, start }
  redis.call('HSET', META, 'born', meta[1], 'stamp', meta[2], 'newest', start, 'trimmed', start)
end

local lastStamp = tonumber(meta[2])

local function stamp()
  lastStamp = math.max(lastStamp + 1, NOW)
  return lastStamp
end

-- For the order by lex.
local function sortable(stamped)
  return string.format('%016.0f', stamped)
end

-- Stamps may run ahead of the time by some microseconds, so bounds are rounded down.
local function stampedBefore(time)
  return '(' .. int(math.floor(time / 1000) * 1000)
end

-- Writes down that so many stamps may be given from now on, for scripts that change no other
-- counter. The write needs memory: as the first one it fails if the database is full.
local function reserveStamps(count)
  redis.call('HSET', META, 'stamp', int(math.max(lastStamp, NOW) + count))
end

-- Ends every other script that changes anything: writes the counters down.
local function finish(answer)
  redis.call('HSET', META, 'stamp', int(lastStamp), 'newest', meta[3], 'trimmed', meta[4])
  return answer
end
