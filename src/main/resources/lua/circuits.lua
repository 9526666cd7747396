-- The circuit breakers of a domain's servers, as org.purgatory.sync.store.memory.Circuits has them.
-- Each is kept as how often in a row its server could not be reached, until when it is open, what
-- failed, and the holder of the permit that tries, or '-'.
local FIRST, LONGEST, REMEMBERED = 60000000, 43200000000, 600000000
local MOST_CIRCUITS, MOST_FAILURES = 100, 11

local function open_for(failures)
  return math.min(FIRST * 2 ^ (failures - 1), LONGEST)
end

local function read_circuit(text)
  local failures, open_until, cause, probe = string.match(text, '^(%d+) (%d+) (%S+) (%S+)$')
  return {
    failures = tonumber(failures),
    open_until = tonumber(open_until),
    cause = cause,
    probe = probe,
  }
end

local function write_circuit(origin, c)
  local text = int(c.failures) .. ' ' .. int(c.open_until) .. ' ' .. c.cause .. ' ' .. c.probe
  redis.call('HSET', CIRCUITS, origin, text)
end

local function forgotten_at(c)
  return c.open_until + math.max(REMEMBERED, open_for(c.failures))
end

-- A server's circuit, or nil.
local function circuit_of(origin, time)
  local text = redis.call('HGET', CIRCUITS, origin)
  local circuit = text and read_circuit(text)
  return circuit and forgotten_at(circuit) > time and circuit or nil
end

-- All circuits: {origin, circuit} ... Forgets what nobody has tried for long.
local function all_circuits(time)
  local all, stored = {}, redis.call('HGETALL', CIRCUITS)
  for i = 1, #stored, 2 do
    local circuit = read_circuit(stored[i + 1])
    if forgotten_at(circuit) > time then
      all[#all + 1] = { stored[i], circuit }
    else
      redis.call('HDEL', CIRCUITS, stored[i])
    end
  end
  return all
end

-- Makes room for another circuit: the one goes that could be tried soonest.
local function make_room(time)
  local all = all_circuits(time)
  if #all < MOST_CIRCUITS then
    return
  end
  table.sort(all, function(one, other)
    if one[2].open_until ~= other[2].open_until then
      return one[2].open_until < other[2].open_until
    end
    return one[1] < other[1]
  end)
  redis.call('HDEL', CIRCUITS, all[1][1])
end

-- A permit's fetch found no way. Those that began before the circuit opened tell nothing new.
-- Returns for how many microseconds that is remembered, or 0 if it is nothing new.
local function failed(origin, holder, cause, time)
  local before = circuit_of(origin, time)
  if before and before.probe ~= holder then
    return 0
  end
  if not before then
    make_room(time)
  end
  local failures = before and math.min(before.failures + 1, MOST_FAILURES) or 1
  local circuit = {
    failures = failures,
    open_until = time + open_for(failures),
    cause = cause,
    probe = '-',
  }
  write_circuit(origin, circuit)
  local remembered = forgotten_at(circuit) - time
  local kept = math.max(redis.call('PTTL', CIRCUITS), math.ceil(remembered / 1000))
  redis.call('PEXPIRE', CIRCUITS, int(kept))
  return remembered
end
