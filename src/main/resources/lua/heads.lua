-- Library: what the scripts read of events themselves. All else of their JSON only Java reads.

local ANNOUNCEMENT, STATE = '30617', '30618'

-- The beginning of an event's JSON, as EventJson writes it; nil if it is damaged.
local function headOf(json)
  local id, author, created, kind =
    string.match(json, '^{"id":"(%x+)","pubkey":"(%x+)","created_at":(%d+),"kind":(%d+),')
  return id and { id = id, author = author, created = tonumber(created), kind = kind }
end

-- The newest created_at wins, and on a tie the lowest id.
local function replaces(new, old)
  if not old or new.created ~= old.created then
    return not old or new.created > old.created
  end
  return new.id < old.id
end
