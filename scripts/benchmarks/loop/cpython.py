def halves(n):
    s = 0.0
    for i in range(n):
        s += 0.5 * i
    return s


print(halves(10_000_000))
