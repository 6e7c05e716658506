def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def longest(limit):
    best = 0
    for n in range(1, limit):
        best = max(best, collatz(n))
    return best


print(longest(100_000))
