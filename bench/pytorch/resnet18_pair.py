"""Times a training step of the ResNet-18 pair of ogm4j's benchmark in PyTorch on the CPU.

The same network as org.ogm4j.examples.network.ResNet18.pair(6, 1): spectrograms [m, 1, 257, 188] and images
[m, 3, 224, 224], an encoder each, the means over all places concatenated into a linear layer; cross-entropy,
SGD with Nesterov momentum 0.9, learning rate 1e-3, L2 1e-4 on weights.

    OMP_NUM_THREADS=1 python3 bench/pytorch/resnet18_pair.py --steps 10

With --on-request it trains one step for each line it reads and answers with a line: the benchmark takes turns with it.
"""

import argparse
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional

CLASSES = 6
CHANNELS = (64, 128, 256, 512)
AUDIO = (1, 257, 188)
VISUAL = (3, 224, 224)
WARMUP = 3


class SameConv(nn.Module):
    """Convolution without bias, padded as TensorFlow does, and batch norm."""

    def __init__(self, inputs, outputs, size, stride):
        super().__init__()
        self.size, self.stride = size, stride
        self.conv = nn.Conv2d(inputs, outputs, size, stride, bias=False)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return self.norm(self.conv(same(x, self.size, self.stride, 0.0)))


def same(x, size, stride, value):
    """Pads so that ceil(places / stride) places come out."""
    pads = []
    for places in (x.shape[3], x.shape[2]):
        total = max((-(-places // stride) - 1) * stride + size - places, 0)
        pads += [total // 2, total - total // 2]
    return functional.pad(x, pads, value=value) if any(pads) else x


class Block(nn.Module):
    """relu(x + norm(conv(relu(norm(conv(x))))))."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = SameConv(inputs, outputs, 3, stride)
        self.second = SameConv(outputs, outputs, 3, 1)
        changes = inputs != outputs or stride != 1
        self.shortcut = SameConv(inputs, outputs, 1, stride) if changes else nn.Identity()

    def forward(self, x):
        return functional.relu(self.shortcut(x) + self.second(functional.relu(self.first(x))))


class Encoder(nn.Module):
    """ResNet-18 without its classifier: [m, c, h, w] to [m, 512]."""

    def __init__(self, inputs):
        super().__init__()
        self.stem = SameConv(inputs, 64, 7, 2)
        blocks, width = [], 64
        for stage, channels in enumerate(CHANNELS):
            for block in range(2):
                blocks.append(Block(width, channels, 2 if stage > 0 and block == 0 else 1))
                width = channels
        self.blocks = nn.Sequential(*blocks)

    def forward(self, x):
        x = functional.relu(self.stem(x))
        x = functional.max_pool2d(same(x, 3, 2, float("-inf")), 3, 2)
        return self.blocks(x).mean(dim=(2, 3))


class Pair(nn.Module):
    """Two encoders, their features concatenated into a linear layer."""

    def __init__(self):
        super().__init__()
        self.audio = Encoder(AUDIO[0])
        self.visual = Encoder(VISUAL[0])
        self.head = nn.Linear(2 * CHANNELS[-1], CLASSES)

    def forward(self, audio, visual):
        return self.head(torch.cat((self.audio(audio), self.visual(visual)), dim=1))


def trainer(batch, layout):
    """A function that trains one step, always on the same batch, and returns its milliseconds."""
    torch.manual_seed(1)
    net = Pair().to(memory_format=layout)
    optimizer = torch.optim.SGD(
        net.parameters(), lr=1e-3, momentum=0.9, nesterov=True, weight_decay=1e-4)
    audio = torch.randn(batch, *AUDIO).to(memory_format=layout)
    visual = torch.randn(batch, *VISUAL).to(memory_format=layout)
    labels = torch.randint(CLASSES, (batch,))

    def step():
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        functional.cross_entropy(net(audio, visual), labels).backward()
        optimizer.step()
        return 1000 * (time.perf_counter() - start)

    return step


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--batch", type=int, default=4)
    options.add_argument("--steps", type=int, default=10)
    options.add_argument("--channels-last", action="store_true")
    options.add_argument("--on-request", action="store_true")
    chosen = options.parse_args()
    layout = torch.channels_last if chosen.channels_last else torch.contiguous_format
    step = trainer(chosen.batch, layout)
    about = "PyTorch %s, %d threads, batch %d, %s" % (
        torch.__version__, torch.get_num_threads(), chosen.batch, "NHWC" if chosen.channels_last else "NCHW")
    if chosen.on_request:
        print(about, flush=True)
        for _ in sys.stdin:
            print("%.1f" % step(), flush=True)
    else:
        times = [step() for _ in range(WARMUP + chosen.steps)][WARMUP:]
        print("%s: median step %.0f ms over %d steps" % (about, statistics.median(times), chosen.steps))


if __name__ == "__main__":
    main()
