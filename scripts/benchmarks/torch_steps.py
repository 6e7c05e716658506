"""What the PyTorch peers share: a hundred timed steps of training on pictures of 28 pixels."""
import os
import sys
import time

try:
    import torch
except ImportError:
    sys.exit(77)  # scripts/bench leaves the peer out


def measure(net, prepare):
    """Prints the seconds of the steps; `prepare` makes the input of a batch of pictures."""
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    torch.manual_seed(1)
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.05)
    pictures, labels = torch.rand(60_000, 1, 28, 28), torch.randint(0, 10, (60_000,))

    def steps(count):
        order = torch.randperm(len(pictures))
        for step in range(count):
            chosen = order[step * 128:(step + 1) * 128]
            loss = torch.nn.functional.cross_entropy(net(prepare(pictures[chosen])), labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            loss.item()

    steps(10)
    start = time.perf_counter()
    steps(100)
    print("seconds", time.perf_counter() - start)
