#!/usr/bin/env bash
#
# What density-clustering calls noise has points of its clusters in it, and points one radius apart are no neighbours.
#
# Versions: density-clustering 1.3.0 of npm, Node.js 20, Linux x86-64.
#
# DBSCAN visits the points in the order of the data. One at the border of a cluster may be visited before
# the cluster is found, and is noise until then. density-clustering puts it into the cluster and leaves it
# in the noise as well, so the counts of both do not add up, and they change with the order of the data. A
# neighbour is by definition at most the radius away; here it is less, so whole numbers one apart with a
# radius of 1 are all noise.
#
# Output seen:
#   7 points: clusters [[0,1,2,3],[5,4,6]], noise [4], with the definition [[0,1,2,3],[4,5,6]], noise []
#   the same from behind: clusters [[1,0,2],[4,3,5,6]], noise [0,3], with the definition [[0,1,2],[3,4,5,6]], noise []
#   0, 1, 2, 3, radius 1: clusters [], noise [0,1,2,3], with the definition [[0,1,2,3]], noise []
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts density-clustering@1.3.0 1>&2

cat > finding.js <<'JS'
const { DBSCAN } = require('density-clustering');

// by the definition: core points within the radius of each other are one cluster, with what is near them
function define(points, radius, least) {
  const near = points.map((a) => points.map((_, j) => j).filter((j) => Math.abs(a - points[j]) <= radius));
  const core = near.map((list) => list.length >= least);
  const label = points.map(() => -1);
  let count = 0;
  points.forEach((_, i) => {
    if (!core[i] || label[i] >= 0) return;
    const open = [i];
    while (open.length > 0) {
      const j = open.pop();
      if (label[j] >= 0) continue;
      label[j] = count;
      if (core[j]) open.push(...near[j]);
    }
    count++;
  });
  const members = (k) => label.map((l, i) => (l === k ? i : -1)).filter((i) => i >= 0);
  return [JSON.stringify([...Array(count).keys()].map(members)), JSON.stringify(members(-1))];
}

function compare(name, points, radius, least) {
  const dbscan = new DBSCAN();
  const clusters = JSON.stringify(dbscan.run(points.map((x) => [x]), radius, least));
  const noise = JSON.stringify(dbscan.noise);
  const right = define(points, radius, least);
  console.log(`${name}: clusters ${clusters}, noise ${noise}, with the definition ${right[0]}, noise ${right[1]}`);
  return [noise, right[1]].join();
}

const points = [0, 0.4, 0.9, 1.6, 10, 10.7, 11.4];
const seen = [
  compare('7 points', points, 1, 3),
  compare('the same from behind', [...points].reverse(), 1, 3),
  compare('0, 1, 2, 3, radius 1', [0, 1, 2, 3], 1, 3),
];
process.exit(seen.join(' ') === '[4],[] [0,3],[] [0,1,2,3],[]' ? 0 : 1);
JS
node finding.js
