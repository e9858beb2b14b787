"""Trains the network of a study of GRID letters in PyTorch: plain, with uniform losses and with OGM-GE.

Written from the formulas (docs/method.md), to compare ogm4j with. The study writes its arrays first:

    study export studies/pytorch-letters.json --data GRID --out ARRAYS
    OMP_NUM_THREADS=1 python3 bench/pytorch/grid_letters.py ARRAYS --csv bench/pytorch/grid_letters.csv
    python3 bench/pytorch/grid_letters.py --compare JAVA.csv bench/pytorch/grid_letters.csv

With what org.ogm4j.bench.FixedBatch wrote, it checks one batch number by number:

    python3 bench/pytorch/grid_letters.py --check NUMBERS

What DL4J does otherwise than PyTorch, and is done as DL4J does here: "same" padding puts the odd place below and
to the right; batch norm's running variance takes in the batch's variance over n, not n - 1; L2 pulls on weights
alone, not on biases and batch norm; weights start at N(0, 2/inputs), of linear classifiers at
N(0, 2/(inputs + outputs)), biases at 0. Its Nesterovs is PyTorch's momentum with nesterov=True.
"""

import argparse
import copy
import csv
import math
import os
import sys

import numpy
import torch
from torch import nn
from torch.nn import functional

MODALITIES = ("audio", "lips")
CHANNELS = (12, 24, 48, 96)
FEATURES = 64
EPOCHS = 20
BATCH = 32
RATE = 0.05
MOMENTUM = 0.9
DECAY = 1e-4
DROPOUT = 0.2
ALPHA = 0.8
METHODS = ("plain", "uniform", "ogm-ge-std", "ogm-ge-std-all")


def same(x, size, stride):
    """Pads so that ceil(places / stride) places come out."""
    pads = []
    for places in (x.shape[3], x.shape[2]):
        total = max((-(-places // stride) - 1) * stride + size - places, 0)
        pads += [total // 2, total - total // 2]
    return functional.pad(x, pads)


class Norm(nn.Module):
    """Batch norm; the running variance is that of the batch over n."""

    def __init__(self, channels):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(channels))
        self.beta = nn.Parameter(torch.zeros(channels))
        self.register_buffer("mean", torch.zeros(channels))
        self.register_buffer("var", torch.ones(channels))

    def forward(self, x):
        if not self.training:
            return functional.batch_norm(x, self.mean, self.var, self.gamma, self.beta, eps=1e-5)
        with torch.no_grad():
            self.mean += 0.1 * (x.mean((0, 2, 3)) - self.mean)
            self.var += 0.1 * (x.var((0, 2, 3), unbiased=False) - self.var)
        return functional.batch_norm(x, None, None, self.gamma, self.beta, True, eps=1e-5)


class Encoder(nn.Module):
    """Four convolutions, each with batch norm and ReLU, and a dense layer."""

    def __init__(self, shape, first, dropout):
        super().__init__()
        self.kernels = [first] + 3 * [(3, 2)]
        channels, height, width = shape
        convs, norms = [], []
        for (size, stride), outputs in zip(self.kernels, CHANNELS):
            convs.append(nn.Conv2d(channels, outputs, size, stride, bias=False))
            norms.append(Norm(outputs))
            channels, height, width = outputs, -(-height // stride), -(-width // stride)
        self.convs, self.norms = nn.ModuleList(convs), nn.ModuleList(norms)
        self.dense = nn.Linear(channels * height * width, FEATURES)
        self.dropout = nn.Dropout(dropout)
        for layer in convs + [self.dense]:
            nn.init.normal_(layer.weight, 0, math.sqrt(2 / layer.weight[0].numel()))
        nn.init.zeros_(self.dense.bias)

    def forward(self, x, seen=None):
        for i, (size, stride) in enumerate(self.kernels):
            conv = self.convs[i](same(x, size, stride))
            x = self.norms[i](conv)
            if seen is not None:
                seen["%d-conv" % (i + 1)], seen["%d-norm" % (i + 1)] = conv, x
            x = functional.relu(x)
        return self.dropout(functional.relu(self.dense(x.flatten(1))))


def linear(inputs, outputs):
    layer = nn.Linear(inputs, outputs)
    nn.init.normal_(layer.weight, 0, math.sqrt(2 / (inputs + outputs)))
    nn.init.zeros_(layer.bias)
    return layer


class Network(nn.Module):
    """An encoder each; a linear layer on both features; with heads, a linear layer on each alone."""

    def __init__(self, shapes, classes, heads, dropout=DROPOUT):
        super().__init__()
        first = {"audio": (5, 4), "lips": (3, 2)}
        self.encoders = nn.ModuleDict({u: Encoder(shapes[u], first[u], dropout) for u in MODALITIES})
        self.head = linear(FEATURES * len(MODALITIES), classes)
        self.heads = nn.ModuleDict({u: linear(FEATURES, classes) for u in MODALITIES} if heads else {})

    def features(self, batch):
        return {u: self.encoders[u](batch[u]) for u in MODALITIES}

    def fused(self, features):
        return self.head(torch.cat([features[u] for u in MODALITIES], 1))

    def alone(self, features, modality):
        """What the rows of the head that read a modality say, with half of the bias."""
        place = FEATURES * MODALITIES.index(modality)
        rows = self.head.weight[:, place:place + FEATURES]
        return features[modality] @ rows.T + self.head.bias / len(MODALITIES)


def optimizer(network):
    """Nesterov momentum; L2 on the weights of the network, not on those of the heads on each modality."""
    decayed, free = [], []
    for name, parameter in network.named_parameters():
        decays = name.endswith("weight") and not name.startswith("heads.")
        (decayed if decays else free).append(parameter)
    groups = [{"params": decayed, "weight_decay": DECAY}, {"params": free, "weight_decay": 0}]
    return torch.optim.SGD(groups, lr=RATE, momentum=MOMENTUM, nesterov=True)


def coefficients(network, features, classes):
    """1 - tanh(alpha rho) for the modality that leads, rho the quotient of the sums of scores; else 1."""
    score = dict.fromkeys(MODALITIES, 0.0)
    with torch.no_grad():
        for modality in MODALITIES:
            probabilities = functional.softmax(network.alone(features, modality), 1)
            for i in range(len(classes)):
                score[modality] += probabilities[i, classes[i]].item()
    ratio = {"audio": score["audio"] / score["lips"], "lips": score["lips"] / score["audio"]}
    return {u: 1 - math.tanh(ALPHA * ratio[u]) if ratio[u] > 1 else 1.0 for u in MODALITIES}


def modulate(network, factors, noise, everywhere):
    """Multiplies gradients, and adds noise of the spread of each kernel's entries before that.

    As published the factor acts on kernels of four dimensions alone; everywhere: on all that encoders learn.
    """
    for modality in MODALITIES:
        for parameter in network.encoders[modality].parameters():
            kernel = parameter.dim() == 4
            spread = parameter.grad.std().item() + 1e-8
            if kernel or everywhere:
                parameter.grad *= factors[modality]
            if kernel and noise:
                parameter.grad += spread * torch.randn_like(parameter)


def step(network, optimizer, batch, method, modulated=True, noise=True):
    """One training step."""
    optimizer.zero_grad(set_to_none=True)
    features = network.features(batch)
    loss = functional.cross_entropy(network.fused(features), batch["labels"])
    for modality in network.heads:
        loss = loss + functional.cross_entropy(network.heads[modality](features[modality]), batch["labels"])
    loss.backward()
    if method.startswith("ogm") and modulated:
        factors = coefficients(network, features, batch["labels"])
        modulate(network, factors, noise, method.endswith("all"))
    optimizer.step()


def read(folder):
    """Every array of a folder; labels as numbers of classes."""
    arrays = {}
    for name in MODALITIES + ("labels",):
        arrays[name] = torch.from_numpy(numpy.load(os.path.join(folder, name + ".npy")))
    arrays["classes"] = arrays["labels"].shape[1]
    arrays["labels"] = arrays["labels"].argmax(1)
    return arrays


def rows(arrays, which):
    return {name: arrays[name][which] for name in MODALITIES + ("labels",)}


def accuracies(network, arrays):
    network.eval()
    with torch.no_grad():
        features = network.features(arrays)
        answers = [network.fused(features)] + [network.alone(features, u) for u in MODALITIES]
    network.train()
    return [(answer.argmax(1) == arrays["labels"]).double().mean().item() for answer in answers]


def train(folder, method, seed):
    """Test accuracies of all modalities and of each, after the last epoch."""
    torch.manual_seed(seed)
    training, test = read(os.path.join(folder, "training")), read(os.path.join(folder, "test"))
    shapes = {u: training[u].shape[1:] for u in MODALITIES}
    network = Network(shapes, training["classes"], method == "uniform")
    updater = optimizer(network)
    for epoch in range(EPOCHS):
        order = torch.randperm(len(training["labels"]))
        for which in order.split(BATCH):
            if len(which) > 1:  # one alone has no variance
                step(network, updater, rows(training, which), method, epoch < EPOCHS // 2)
    return accuracies(network, test)


def study(arguments):
    with open(arguments.csv, "a", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        if file.tell() == 0:
            table.writerow(("data", "method", "seed", "fold", "fused") + MODALITIES)
        for seed in arguments.seeds:
            for fold in arguments.folds:
                folder = os.path.join(arguments.arrays, "%s-seed%d-fold%d" % (arguments.data, seed, fold))
                for method in arguments.methods:
                    numbers = train(folder, method, 100 * seed + fold + 5000 * arguments.draw)
                    row = [arguments.data, method, seed, fold] + ["%.6f" % each for each in numbers]
                    table.writerow(row)
                    file.flush()
                    print(*row, flush=True)


def named(network, of=lambda parameter: parameter):
    """Everything learned under the names that DL4J has for it, in its layout."""
    names = {"head_W": of(network.head.weight).T, "head_b": of(network.head.bias)}
    for u in MODALITIES:
        encoder = network.encoders[u]
        names[u + "-features_W"], names[u + "-features_b"] = of(encoder.dense.weight).T, of(encoder.dense.bias)
        for i, (conv, norm) in enumerate(zip(encoder.convs, encoder.norms)):
            names["%s-%d-conv_W" % (u, i + 1)] = of(conv.weight)
            names["%s-%d-norm_gamma" % (u, i + 1)] = of(norm.gamma)
            names["%s-%d-norm_beta" % (u, i + 1)] = of(norm.beta)
        if u in network.heads:
            names["probe-%s_W" % u] = of(network.heads[u].weight).T
            names["probe-%s_b" % u] = of(network.heads[u].bias)
    return names


def running(network):
    """The running moments of batch norm, as DL4J keeps them."""
    names = {}
    for u in MODALITIES:
        for i, norm in enumerate(network.encoders[u].norms):
            names["%s-%d-norm_mean" % (u, i + 1)] = norm.mean
            names["%s-%d-norm_log10stdev" % (u, i + 1)] = norm.var.log10() / 2
    return names


def load(folder, name, shape):
    return torch.from_numpy(numpy.load(os.path.join(folder, name + ".npy"))).reshape(shape)


def same_numbers(title, folder, arrays, tolerance, start=None):
    """Prints the largest difference, and tells whether it is small.

    Differences are relative to the largest entry of their array, or to what changed most in it since the start; of
    where nothing is above 1e-4, as with a shift in front of batch norm, they are relative to that.
    """
    worst, where = 0.0, ""
    for name, array in arrays.items():
        theirs = load(folder, name, array.shape)
        scale = theirs - load(start, name, array.shape) if start else theirs
        difference = ((array.detach() - theirs).abs().max() / scale.abs().max().clamp(min=1e-4)).item()
        if not difference <= worst:
            worst, where = difference, name
    good = worst <= tolerance
    print("%-18s %3d arrays, largest difference %.1e in %s%s"
          % (title, len(arrays), worst, where, "" if good else ": ABOVE %.0e" % tolerance))
    return good


def check(folder):
    """Compares one batch with Java's numbers: whether all agree."""
    batch = read(os.path.join(folder, "batch"))
    shapes = {u: batch[u].shape[1:] for u in MODALITIES}
    good = True
    for method, name in (("plain", "plain"), ("uniform", "uniform"), ("ogm-all", "ogm")):
        here = os.path.join(folder, name)
        network = Network(shapes, batch["classes"], method == "uniform", 0.0)
        with torch.no_grad():
            for each, array in named(network).items():
                array.copy_(load(os.path.join(here, "start"), each, array.shape))
        seen, twin = {}, copy.deepcopy(network)
        for u in MODALITIES:
            vertices = {}
            seen[u + "-features"] = twin.encoders[u](batch[u], vertices)
            seen.update({"%s-%s" % (u, vertex): array for vertex, array in vertices.items()})
        good &= same_numbers(name + " forward", os.path.join(here, "forward"), seen, 1e-4)
        updater = optimizer(network)
        for i in range(1, 6):
            step(network, updater, batch, method, noise=False)
            if i == 1:
                gradients = named(network, lambda parameter: parameter.grad)
                good &= same_numbers(name + " gradient", os.path.join(here, "gradient"), gradients, 1e-3)
            if i in (1, 5):
                after, there = {**named(network), **running(network)}, os.path.join(here, "step%d" % i)
                good &= same_numbers("%s step %d" % (name, i), there, after, 2e-4, os.path.join(here, "start"))
    return good


def quantile(freedom):
    """0.975 quantile of Student's distribution, by Simpson's rule and bisection."""
    def half(t):
        x = numpy.linspace(0, t, 2001)
        y = (1 + x * x / freedom) ** (-(freedom + 1) / 2)
        area = (x[1] / 3) * (y[0] + y[-1] + 4 * y[1:-1:2].sum() + 2 * y[2:-1:2].sum())
        return area * math.gamma((freedom + 1) / 2) / math.gamma(freedom / 2) / math.sqrt(freedom * math.pi)
    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if half(middle) < 0.475 else (low, middle)
    return low


def table(path):
    """Rows by method, seed and fold."""
    with open(path, newline="") as file:
        return {(row["method"], row["seed"], row["fold"]): row for row in csv.DictReader(file)}


def interval(differences, overlap):
    """Mean and half of the 95 % interval in points, with the variance of the mean (1/n + overlap) s^2."""
    n = len(differences)
    mean = sum(differences) / n
    variance = sum((d - mean) ** 2 for d in differences) / (n - 1)
    return mean, quantile(n - 1) * math.sqrt(variance * (1 / n + overlap))


def compare(first, second, pairs, overlap):
    """A row for each pair of methods and each number, as Markdown: the first table's method, the second's.

    Differences are those of equal seeds and folds, which are divided alike; the initial weights are not.
    """
    one, two = table(first), table(second)
    print(
        "| method | pairs | answer | first | second | second - first | by runs alone |"
        " first - plain | second - plain |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for pair in pairs:
        a, b = (pair + ":" + pair).split(":")[:2]
        keys = [key[1:] for key in one if key[0] == a and (b,) + key[1:] in two and ("plain",) + key[1:] in two]
        for answer in ("fused",) + MODALITIES:
            points = lambda rows, method: 100 * numpy.array([float(rows[(method,) + key][answer]) for key in keys])
            mine, theirs = points(one, a), points(two, b)
            cells = ["%.1f ± %.1f" % (x.mean(), x.std(ddof=1)) for x in (mine, theirs)]
            gains = (mine - points(one, "plain"), theirs - points(two, "plain"))
            for differences, factor in ((theirs - mine, overlap), (theirs - mine, 0), *((x, overlap) for x in gains)):
                cells.append("%+.1f ± %.1f" % interval(differences, factor))
            print("| %s | %d | %s | %s |" % (pair, len(keys), answer, " | ".join(cells)))


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("arrays", nargs="?", help="the folder that study export wrote")
    options.add_argument("--csv", default="grid_letters.csv", help="rows are added to it")
    options.add_argument("--data", default="clean")
    options.add_argument("--methods", nargs="+", default=METHODS, choices=METHODS)
    options.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    options.add_argument("--folds", nargs="+", type=int, default=[0, 1, 2, 3, 4])
    options.add_argument("--draw", type=int, default=0, help="another gives other weights, orders and noise")
    options.add_argument("--check", metavar="DIR", help="compare with what FixedBatch wrote")
    options.add_argument("--compare", nargs=2, metavar="CSV", help="tables of two implementations")
    options.add_argument("--pairs", nargs="+", default=["plain", "uniform", "ogm-ge-std"],
                         help="methods to compare; NAME:NAME if they differ")
    options.add_argument("--overlap", type=float, default=200 / 720, help="test over training examples")
    chosen = options.parse_args()
    if chosen.check:
        sys.exit(0 if check(chosen.check) else 1)
    if chosen.compare:
        compare(*chosen.compare, chosen.pairs, chosen.overlap)
    elif chosen.arrays:
        study(chosen)
    else:
        options.error("ARRAYS, --check or --compare must be given")


if __name__ == "__main__":
    main()
