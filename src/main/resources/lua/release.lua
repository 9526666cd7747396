-- Gives a permit back, and learns what its fetch has shown of the server. Idempotent.
-- KEYS    the domain's (domain.lua)
-- ARGV    1-5 as domain.lua, 6 holder, 7 how many microseconds ago its request arrived, or '',
--         8 origin of the server, 9 what was shown: '', 'answered', 'unreachable' or 'tls',
--         10 for how many microseconds the server wants nobody to come, or 0
-- returns {microseconds for which what was learnt is remembered, microseconds until time alone frees
--         something or '', this replica's waiters whose turn it is ...}; those of other replicas
--         are told, and replicas with waiters here are told that the server wants nobody to come
-- atomic  the slot comes free, what was shown counts and the next taker is found in one step; of a
--         permit that is over nothing is learnt
local time = now()
tidy(time)
local remembered = 0
if redis.call('ZREM', PERMITS, ARGV[6]) == 1 then
  local origin, shown, wait = ARGV[8], ARGV[9], tonumber(ARGV[10])
  arrive(ARGV[6], ARGV[7] == '' and time or time - tonumber(ARGV[7]))
  if shown == 'answered' then
    redis.call('HDEL', CIRCUITS, origin)
  elseif shown ~= '' then
    remembered = failed(origin, ARGV[6], shown, time)
  end
  if wait > 0 and time + wait > (patience(time) or 0) then
    -- What it holds decides; that the key goes away later is but tidiness.
    redis.call('SET', PATIENCE, int(time + wait), 'PX',
      int(math.ceil(wait / 1000) + FORGOTTEN_AFTER))
    remembered = wait
    for _, replica in ipairs(redis.call('ZRANGE', REPLICAS, 0, -1)) do
      if replica ~= ME then
        redis.call('PUBLISH', 'purgatory:throttle:turns:' .. replica, DOMAIN)
      end
    end
  end
  drop_dead(time)
end
keep()
local answer = { int(remembered), until_change(time) }
for _, waiter in ipairs(turns(time)) do
  answer[#answer + 1] = waiter
end
return answer
