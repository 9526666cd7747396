-- Takes a permit, or a place in the domain's line.
-- KEYS    the domain's (domain.lua)
-- ARGV    1-5 as domain.lua, 6 waiter, 7 holder of the permit, 8 origin of the server
-- returns {1} if the permit was taken; {2, microseconds for which the server is not tried, or 0 if
--         somebody tries it now, what failed}; or {0, microseconds that the window and the server's
--         word keep everybody waiting, microseconds until time alone frees something or '', since
--         when the replica has been alive in this line}
-- atomic  checking and taking are one step; whoever is at place n of the line may take once n are
--         free, so that nobody overtakes. Whoever takes the permit of a server that could not be
--         reached is the only one to try it
local time = now()
tidy(time)
local circuit = circuit_of(ARGV[8], time)
if circuit then
  local wait = circuit.open_until - time
  if wait > 0 or redis.call('ZSCORE', PERMITS, circuit.probe) then
    return { 2, int(math.max(0, wait)), circuit.cause }
  end
end
local rank = redis.call('ZRANK', LINE, ARGV[6])
local its_turn = (rank or redis.call('ZCARD', LINE)) < free(time)
if its_turn then
  redis.call('ZREM', LINE, ARGV[6])
  redis.call('ZADD', PERMITS, int(time + LEASE), ARGV[7])
  redis.call('SADD', WAY, ARGV[7])
  if circuit then
    circuit.probe = ARGV[7]
    write_circuit(ARGV[8], circuit)
  end
  keep()
  return { 1 }
end
if not rank then
  redis.call('ZADD', LINE, redis.call('HINCRBY', TICKETS, 'last', 1), ARGV[6])
end
local since = live(time)
keep()
local wait = (patience(time) or time) - time
local moves = window_moves()
if moves and in_window() >= PER_MINUTE then
  wait = math.max(wait, moves - time)
end
return { 0, int(wait), until_change(time), since }
