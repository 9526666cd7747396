-- Reads the results behind a position.
--
-- KEYS  the group's, see group.lua
-- ARGV  position, most results (0: only where the log begins and ends), how many bytes are enough
--       for one answer
-- Returns { when the database was first used, the position of the last result that was dropped, the
--       position of the newest, and for each result { position, its fields } }
-- Atomic: the results and the bounds that show whether the position is one to read from.

local after, most, enough = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local STEP = 16
local answer = { meta[1], meta[4], meta[3] }
while most > 0 and enough > 0 do
  local count = math.min(most, STEP)
  local page = redis.call('XRANGE', RESULTS, '(' .. after, '+', 'COUNT', count)
  for _, result in ipairs(page) do
    answer[#answer + 1] = result
    after = result[1]
    for _, text in ipairs(result[2]) do
      enough = enough - #text
    end
  end
  most = #page < count and 0 or most - count
end
return answer
