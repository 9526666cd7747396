-- Looks whose turn it is, and keeps this replica's places in the line.
-- KEYS    the domain's (domain.lua)
-- ARGV    1-5 as domain.lua
-- returns {microseconds until time alone frees something or '', since when the replica has been
--         alive in this line, its waiters whose turn it is ...}; other replicas' waiters are told
-- atomic  the replica counts as alive before its waiters are looked at
local time = now()
local since = live(time)
tidy(time)
keep()
local answer = { until_change(time), since }
for _, waiter in ipairs(turns(time)) do
  answer[#answer + 1] = waiter
end
return answer
