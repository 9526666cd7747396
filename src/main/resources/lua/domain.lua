-- One domain's permits, starts and line, as org.purgatory.sync.store.memory.DomainLine has them.
-- Every script of the throttle declares all of these keys, in this order:
local PERMITS, WAY, STARTS, LINE, REPLICAS, TICKETS, PATIENCE, CIRCUITS = unpack(KEYS)
-- PERMITS  zset: holder -> when its lease ends
-- WAY      set: holders whose request has not reached the server yet; they count and do not grow old
-- STARTS   zset: holder -> when its request reached the server, for a minute
-- LINE     zset: waiter -> ticket; a waiter is its replica, its fencing token and its identifier
-- REPLICAS zset: replica that has waiters here -> until when it counts as alive
-- TICKETS  hash: last, the last ticket; and replica -> since when it has been alive here
-- PATIENCE string: until when the domain's server wants nobody to come
-- CIRCUITS hash: origin -> its circuit breaker (circuits.lua)
-- and begins with these arguments:
local DOMAIN, ME, MOST, PER_MINUTE, LEASE =
  ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
-- Times are microseconds since 1970.

local WINDOW = 60000000
-- Whatever is kept here has lost its meaning by then.
local FORGOTTEN_AFTER = string.format('%.0f', (LEASE + 2 * WINDOW) / 1000)

-- As tostring would write 1.7e+15.
local function int(number)
  return string.format('%.0f', number)
end

local function arrive(holder, at)
  if redis.call('SREM', WAY, holder) == 1 then
    redis.call('ZADD', STARTS, int(at), holder)
  end
end

-- Until when the server wants nobody to come, or nil.
local function patience(time)
  local open_until = tonumber(redis.call('GET', PATIENCE) or 0)
  return open_until > time and open_until or nil
end

local function in_window()
  return redis.call('SCARD', WAY) + redis.call('ZCARD', STARTS)
end

local function free(time)
  if patience(time) then
    return 0
  end
  local concurrent = MOST - redis.call('ZCARD', PERMITS)
  return math.max(0, math.min(concurrent, PER_MINUTE - in_window()))
end

local function replica_of(waiter)
  return string.match(waiter, '^(%S+) ')
end

local function is_alive(replica, time)
  local deadline = redis.call('ZSCORE', REPLICAS, replica)
  return deadline and tonumber(deadline) > time
end

-- Lets this replica count as alive. Returns since when it has: another answer than before tells
-- that its places may have been lost in between.
local function live(time)
  if not is_alive(ME, time) then
    for _, dead in ipairs(redis.call('ZRANGEBYSCORE', REPLICAS, '-inf', int(time))) do
      redis.call('HDEL', TICKETS, dead)
      redis.call('ZREM', REPLICAS, dead)
    end
  end
  redis.call('HSETNX', TICKETS, ME, int(time))
  redis.call('ZADD', REPLICAS, int(time + LEASE), ME)
  return redis.call('HGET', TICKETS, ME)
end

-- Lets the places of dead replicas go that would hold up the living.
local function drop_dead(time)
  for _ = 1, 100 do
    local dropped = false
    for _, waiter in ipairs(redis.call('ZRANGE', LINE, 0, math.max(0, free(time) - 1))) do
      if not is_alive(replica_of(waiter), time) then
        redis.call('ZREM', LINE, waiter)
        dropped = true
      end
    end
    if not dropped then
      return
    end
  end
end

local function tidy(time)
  local lost = redis.call('ZRANGEBYSCORE', PERMITS, '-inf', int(time), 'WITHSCORES')
  for i = 1, #lost, 2 do
    redis.call('ZREM', PERMITS, lost[i])
    -- Whoever lost its permit without a word may have used it until then.
    arrive(lost[i], tonumber(lost[i + 1]))
  end
  redis.call('ZREMRANGEBYSCORE', STARTS, '-inf', int(time - WINDOW))
  drop_dead(time)
end

-- What servers have shown lasts longer, and has an expiry of its own.
local function keep()
  for _, key in ipairs({ PERMITS, WAY, STARTS, LINE, REPLICAS, TICKETS }) do
    redis.call('PEXPIRE', key, FORGOTTEN_AFTER)
  end
end

-- When the next lease ends, or nil.
local function lease_ends()
  local permit = redis.call('ZRANGE', PERMITS, 0, 0, 'WITHSCORES')[2]
  return permit and tonumber(permit)
end

-- When the next start of the last minute is a minute ago, or nil.
local function window_moves()
  local start = redis.call('ZRANGE', STARTS, 0, 0, 'WITHSCORES')[2]
  return start and tonumber(start) + WINDOW
end

-- Microseconds until time alone frees something, or ''.
local function until_change(time)
  local at
  for _, change in pairs({ lease = lease_ends(), window = window_moves(), word = patience(time) }) do
    at = math.min(at or change, change)
  end
  return at and int(math.max(0, at - time)) or ''
end

-- Whose turn it is: this replica's own waiters. The others' are told through their replicas.
local function turns(time)
  local mine, count = {}, free(time)
  if count > 0 then
    for _, waiter in ipairs(redis.call('ZRANGE', LINE, 0, count - 1)) do
      local replica = replica_of(waiter)
      if replica == ME then
        mine[#mine + 1] = waiter
      else
        redis.call('PUBLISH', 'purgatory:throttle:turns:' .. replica, DOMAIN .. ' ' .. waiter)
      end
    end
  end
  return mine
end
