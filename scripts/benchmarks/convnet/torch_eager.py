"""The same steps in PyTorch, channels last, which is the faster layout."""
import os
import sys
import time

try:
    import torch
    from torch import nn
except ImportError:
    sys.exit(77)


def stage(inputs, width):
    layers = []
    for channels in (inputs, width):
        layers += [nn.Conv2d(channels, width, 3, padding=1, bias=False), nn.BatchNorm2d(width),
                   nn.ReLU()]
    return layers


def main(prepare=lambda net: net):
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    torch.manual_seed(1)
    net = nn.Sequential(
        *stage(1, 16), nn.MaxPool2d(2), *stage(16, 32), nn.MaxPool2d(2), *stage(32, 64),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))
    net = prepare(net.to(memory_format=torch.channels_last))
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.05)
    pictures, labels = torch.rand(60_000, 1, 28, 28), torch.randint(0, 10, (60_000,))

    def steps(count):
        order = torch.randperm(len(pictures))
        for step in range(count):
            chosen = order[step * 128:(step + 1) * 128]
            x = pictures[chosen].contiguous(memory_format=torch.channels_last)
            loss = nn.functional.cross_entropy(net(x), labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            loss.item()

    steps(10)
    start = time.perf_counter()
    steps(100)
    print("seconds", time.perf_counter() - start)


if __name__ == "__main__":
    main()
