#!/usr/bin/env bash
#
# simple-statistics knows no probability of the normal distribution below 0.001.
#
# Versions: simple-statistics 7.12.1 of npm, Node.js 20, Linux x86-64.
#
# cumulativeStdNormalProbability looks its answer up in a table of four places that ends at 3.09, and
# answers the last entry for all that lies beyond. A two-sided p value of a comparison, made from a z of
# 3.1 or of 8, is 0.002 all the same. Corrected for 30 comparisons it is 0.06, so nothing is ever
# significant; the right value for z = 5 is 0.00002. The answer is also rounded to steps of 0.01 in z.
# errorFunction of the same package has the precision, down to about 1e-7.
#
# Output seen:
#   z 3.10: p 0.00200, by errorFunction 0.00194
#   z 5.00: p 0.00200, by errorFunction 0.00000
#   z 8.00: p 0.00200, by errorFunction 0.00000
#   z 5.00, 30 comparisons: 0.060
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts simple-statistics@7.12.1 1>&2

cat > finding.js <<'JS'
const { cumulativeStdNormalProbability, errorFunction } = require('simple-statistics');

const seen = [3.1, 5, 8].map((z) => {
  const p = 2 * cumulativeStdNormalProbability(-z);
  const right = 1 - errorFunction(z / Math.sqrt(2));
  console.log(`z ${z.toFixed(2)}: p ${p.toFixed(5)}, by errorFunction ${right.toFixed(5)}`);
  return p;
});
console.log(`z 5.00, 30 comparisons: ${Math.min(1, 30 * seen[1]).toFixed(3)}`);
process.exit(seen.every((p) => p === 0.002) ? 0 : 1);
JS
node finding.js
