#!/usr/bin/env bash
#
# hdbscan-ts finds one cluster in two squares that are far apart, as soon as there is a third thing.
#
# Versions: hdbscan-ts 1.0.17 of npm, Node.js 20, Linux x86-64.
#
# HDBSCAN cuts where clusters are most stable: the sum over the points of 1 / distance where they leave the
# cluster, minus 1 / distance where it begins. It never takes all points for one cluster. With squares of side
# 1 at (0,0), (10,10) and (30,0) the first two are one from the link of 21.0 down to that of 12.7: 8 points
# times 0.031. Apart, they are 8 points times 0.92. The package, which names the paper with this rule, leaves
# them together; with the first two squares and one point far off, all of the squares are one cluster.
#
# Output seen:
#   two squares: [0,0,0,0,1,1,1,1]
#   two squares and a point far off: [0,0,0,0,0,0,0,0,-1]
#   three squares: [0,0,0,0,0,0,0,0,1,1,1,1]
#   stability of the two as one 0.248, as two 7.371
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts hdbscan-ts@1.0.17 1>&2

cat > finding.js <<'JS'
const { HDBSCAN } = require('hdbscan-ts');

const square = (x, y) => [[x, y], [x, y + 1], [x + 1, y], [x + 1, y + 1]];

function labels(name, points) {
  const model = new HDBSCAN({ minClusterSize: 3, minSamples: 2 });
  model.fit(points);
  const text = JSON.stringify(model.labels_);
  console.log(`${name}: ${text}`);
  return text;
}

const seen = [
  labels('two squares', [...square(0, 0), ...square(10, 10)]),
  labels('two squares and a point far off', [...square(0, 0), ...square(10, 10), [50, 50]]),
  labels('three squares', [...square(0, 0), ...square(10, 10), ...square(30, 0)]),
];
// the links: 1 inside of a square, and the shortest way between two
const between = Math.hypot(9, 9);
const toThird = Math.min(Math.hypot(29, 0), Math.hypot(19, 9));
const asOne = 8 * (1 / between - 1 / toThird);
const asTwo = 2 * 4 * (1 / 1 - 1 / between);
console.log(`stability of the two as one ${asOne.toFixed(3)}, as two ${asTwo.toFixed(3)}`);
const asFound = seen.join(' ') === '[0,0,0,0,1,1,1,1] [0,0,0,0,0,0,0,0,-1] [0,0,0,0,0,0,0,0,1,1,1,1]';
process.exit(asFound && asTwo > asOne ? 0 : 1);
JS
node finding.js
