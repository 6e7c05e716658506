local function collatz(n)
  local steps = 0
  while n ~= 1 do
    if n % 2 == 0 then n = n // 2 else n = 3 * n + 1 end
    steps = steps + 1
  end
  return steps
end

local function longest(limit)
  local best = 0
  for n = 1, limit - 1 do best = math.max(best, collatz(n)) end
  return best
end

print(longest(100000))
