-- Renews permits of fetches that go on.
-- KEYS    the domain's (domain.lua)
-- ARGV    1-5 as domain.lua; then for each permit its holder, and how many microseconds ago its
--         request arrived, or ''
-- returns the places, from 1, of the permits that were lost
-- atomic  a permit whose lease has ended is never renewed: somebody else may have its slot
local time = now()
tidy(time)
local lost = {}
for i = 6, #ARGV, 2 do
  if redis.call('ZSCORE', PERMITS, ARGV[i]) then
    redis.call('ZADD', PERMITS, int(time + LEASE), ARGV[i])
    if ARGV[i + 1] ~= '' then
      arrive(ARGV[i], time - tonumber(ARGV[i + 1]))
    end
  else
    lost[#lost + 1] = (i - 4) / 2
  end
end
keep()
return lost
