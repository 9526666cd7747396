-- Remembers how far a consumer has come. Never moves backwards.
--
-- KEYS  the group's, see group.lua
-- ARGV  consumer, position (milliseconds, number), most consumers
-- Returns nil, or the oldest position to read from if the position lies ahead of everything
-- Atomic: the position is checked and remembered, and who acknowledged longest ago is forgotten.

local consumer, millis, number = ARGV[1], ARGV[2], ARGV[3]

-- Foreign positions may have more digits than a Lua number holds, so digits are compared as text.
local function isMore(a, b)
  if #a ~= #b then
    return #a > #b
  end
  return a > b
end

local function isBehind(position)
  local otherMillis, otherNumber = string.match(position, '^(%d+)-(%d+)$')
  if millis ~= otherMillis then
    return isMore(millis, otherMillis)
  end
  return isMore(number, otherNumber)
end

if isBehind(meta[3]) then
  return meta[4]
end
goOnWhenFull()
local before = redis.call('HGET', PLACES, consumer)
if not before or isBehind(before) then
  redis.call('HSET', PLACES, consumer, millis .. '-' .. number)
end
redis.call('ZADD', CONSUMERS, int(stamp()), consumer)
if redis.call('ZCARD', CONSUMERS) > tonumber(ARGV[4]) then
  local longest = redis.call('ZPOPMIN', CONSUMERS)[1]
  redis.call('HDEL', PLACES, longest)
end
return finish(false)
