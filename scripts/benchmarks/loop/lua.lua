local function halves(n)
  local s = 0.0
  for i = 0, n - 1 do s = s + 0.5 * i end
  return s
end
print(halves(10000000))
