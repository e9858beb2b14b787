"""Works out reference.csv from folds.csv and seeds.csv with NumPy and SciPy, and with nothing of this project."""
import csv
from collections import defaultdict

import numpy as np
from scipy import stats

FILES = {"folds.csv": lambda data: "Letters", "seeds.csv": lambda data: "Talk " + data}

runs = defaultdict(dict)  # data, method: (seed, fold): row
for file, shown in FILES.items():
    for row in csv.DictReader(open(file)):
        runs[shown(row["data"]), row["method"]][row["seed"], row["fold"]] = row


def estimate(rows, values):
    """Mean, deviation, ends of the interval, p: Nadeau and Bengio's factor where there are several folds."""
    n, mean, sd = len(values), np.mean(values), np.std(values, ddof=1)
    resampled = len({row["fold"] for row in rows}) > 1
    share = sum(float(row["tested"]) for row in rows) / sum(float(row["trained"]) for row in rows)
    error = sd * np.sqrt(1 / n + (share if resampled else 0))
    low, high = stats.t.interval(0.95, n - 1, loc=mean, scale=error)
    return [n, mean, sd, low, high, 2 * stats.t.sf(abs(mean) / error, n - 1)]


def holm(p):
    order = np.argsort(p)
    steps = [(len(p) - i) * p[k] for i, k in enumerate(order)]
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(1, np.maximum.accumulate(steps))
    return adjusted


lines = []
for data in dict.fromkeys(key[0] for key in runs):
    own = {method: rows for (d, method), rows in runs.items() if d == data}
    tests = []
    for method, rows in own.items():
        values = [float(row["fused"]) for row in rows.values()]
        line = [data, method] + estimate(rows.values(), values)[:3]
        if method != "plain":
            pairs = [k for k in rows if k in own["plain"]]
            gains = [float(rows[k]["fused"]) - float(own["plain"][k]["fused"]) for k in pairs]
            line += estimate(rows.values(), gains)
            if not method.endswith(" only"):
                tests.append(line)
        lines.append(line)
    for line, adjusted in zip(tests, holm(np.array([line[-1] for line in tests]))):
        line.append(adjusted)

with open("reference.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow("data,method,n,mean,sd,pairs,difference,difference_sd,low,high,p,holm".split(","))
    writer.writerows(lines)

print("mean ranks of plain, ogm-ge, uniform:")
ranks = []
for data in dict.fromkeys(key[0] for key in runs):
    means = [np.mean([float(r["fused"]) for r in runs[data, m].values()]) for m in ("plain", "ogm-ge", "uniform")]
    ranks.append(stats.rankdata([-m for m in means]))
print(np.mean(ranks, axis=0))
