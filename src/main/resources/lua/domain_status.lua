-- Tells how busy a domain is.
-- KEYS    the domain's (domain.lua)
-- ARGV    1-5 as domain.lua
-- returns {fetches in progress, fetches that count for the last minute, who waits, when a permit is
--         free next or '' if one is now, until when the server wants nobody to come or '', then for
--         each server that is not tried now: its origin, what failed, until when}
-- atomic  all of it is of one moment
local time = now()
tidy(time)
local held, starts = redis.call('ZCARD', PERMITS), in_window()
local word = patience(time)
local capacity = ''
if free(time) == 0 then
  local at = word or time
  if held >= MOST then
    at = math.max(at, lease_ends())
  end
  if starts >= PER_MINUTE then
    at = math.max(at, window_moves() or lease_ends())
  end
  capacity = int(at)
end
local answer =
  { held, starts, redis.call('ZCARD', LINE), capacity, word and int(word) or '' }
for _, each in ipairs(all_circuits(time)) do
  local origin, circuit = unpack(each)
  if circuit.open_until > time then
    answer[#answer + 1] = origin
    answer[#answer + 1] = circuit.cause
    answer[#answer + 1] = int(circuit.open_until)
  end
end
return answer
