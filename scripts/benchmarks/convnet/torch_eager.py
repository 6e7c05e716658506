"""The same steps in PyTorch, channels last, which is the faster layout."""
import sys

sys.path.insert(0, "..")
from torch_steps import measure, torch
from torch import nn


def stage(inputs, width):
    layers = []
    for channels in (inputs, width):
        layers += [nn.Conv2d(channels, width, 3, padding=1, bias=False), nn.BatchNorm2d(width),
                   nn.ReLU()]
    return layers


def main(compiled=lambda net: net):
    net = nn.Sequential(
        *stage(1, 16), nn.MaxPool2d(2), *stage(16, 32), nn.MaxPool2d(2), *stage(32, 64),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))
    measure(compiled(net.to(memory_format=torch.channels_last)),
            lambda x: x.contiguous(memory_format=torch.channels_last))


if __name__ == "__main__":
    main()
