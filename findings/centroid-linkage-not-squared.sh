#!/usr/bin/env bash
#
# The centroid linkage of ml-hclust does not join the clusters whose centroids are next to each other.
#
# Versions: ml-hclust 4.0.0 of npm, Node.js 20, Linux x86-64.
#
# The rule by which the distance of centroids follows from earlier distances holds for their squares.
# agnes puts plain distances in, and the heights that come out are no distances of centroids: 7.159 becomes
# 6.312. Then other clusters are joined as well: point 3 here is 7.071 from the centroid of points 2 and 4,
# and 7.159 from that of points 0 and 1, and goes to the latter. With squares from the caller it is right.
#
# Output seen:
#   agnes: [[0,1,3],[2,4]], heights 2.000 4.123 6.312 5.619
#   by the centroids: [[0,1],[2,3,4]], heights 2.000 4.123 7.071 7.358
#   agnes, squares, roots of the heights: [[0,1],[2,3,4]], heights 2.000 4.123 7.071 7.358
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ml-hclust@4.0.0 1>&2

cat > finding.js <<'JS'
const { agnes } = require('ml-hclust');

const points = [[2, 8], [6, 9], [7, 1], [1, 2], [9, 1]];
const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
const sorted = (clusters) => JSON.stringify(clusters.map((c) => [...c].sort((a, b) => a - b)).sort((a, b) => a[0] - b[0]));

function show(name, clusters, heights) {
  const text = `${sorted(clusters)}, heights ${heights.map((h) => h.toFixed(3)).join(' ')}`;
  console.log(`${name}: ${text}`);
  return text;
}

function byLibrary(name, distanceFunction, change) {
  const tree = agnes(points, { method: 'centroid', distanceFunction });
  // the tree's heights, in the order in which it was made: from the leaves up
  const nodes = [];
  tree.traverse((node) => {
    if (node.size > 1) nodes.push(node);
  });
  nodes.sort((a, b) => a.size - b.size || a.height - b.height);
  return show(name, tree.children.map((child) => child.indices()), nodes.map((node) => change(node.height)));
}

function byCentroids() {
  const centroid = (cluster) => [0, 1].map((k) => cluster.reduce((sum, i) => sum + points[i][k], 0) / cluster.length);
  let clusters = points.map((_, i) => [i]);
  const heights = [];
  let two;
  while (clusters.length > 1) {
    two = clusters.length === 2 ? clusters : two;
    let best = [Infinity];
    clusters.forEach((a, i) => clusters.slice(0, i).forEach((b) => {
      const height = distance(centroid(a), centroid(b));
      best = height < best[0] ? [height, a, b] : best;
    }));
    heights.push(best[0]);
    clusters = [...clusters.filter((c) => c !== best[1] && c !== best[2]), [...best[1], ...best[2]]];
  }
  return show('by the centroids', two, heights);
}

const found = byLibrary('agnes', distance, (height) => height);
const right = byCentroids();
const squares = byLibrary('agnes, squares, roots of the heights', (a, b) => distance(a, b) ** 2, Math.sqrt);
process.exit(found.startsWith('[[0,1,3],[2,4]]') && right.startsWith('[[0,1],[2,3,4]]') && squares === right ? 0 : 1);
JS
node finding.js
