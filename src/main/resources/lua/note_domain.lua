-- Takes note that there is something to tell of a domain, and forgets of which there is not.
-- KEYS    1 NAMES zset: domains, all of one score, so that they are in order of their names
--         2 TOLD  zset: domain -> until when there may be something to tell of it
-- ARGV    1 domain, 2 for how many microseconds from now
-- returns nothing
-- atomic  both keys hold the same domains
local time = now()
redis.call('ZADD', KEYS[1], 0, ARGV[1])
redis.call('ZADD', KEYS[2], 'GT', string.format('%.0f', time + tonumber(ARGV[2])), ARGV[1])
local over = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', time), 'LIMIT', 0, 100)
for _, domain in ipairs(over) do
  redis.call('ZREM', KEYS[1], domain)
  redis.call('ZREM', KEYS[2], domain)
end
for _, key in ipairs(KEYS) do
  -- Nothing is told of any domain for longer than a day.
  redis.call('PEXPIRE', key, 90000000)
end
