#!/usr/bin/env bash
#
# Kendall's tau of statistics.js counts tied values instead of tied pairs, and its tau-c goes up to 2.
#
# Versions: statistics.js 1.0.0 of npm, Node.js 20, Linux x86-64.
#
# tau-b divides by the number of pairs that are not tied. kendallsTau takes each value that is in a tied
# pair once, however many pairs there are, so two raters of few grades agree more than they do. tau-c
# takes the table to have two rows or columns, whatever it has, so it is not below 1, as documented: for
# numbers without ties it is nearly twice tau. The p value of tau-b has the same ties.
#
# Output seen:
#   two grades, 8 places: tau-b 0.853, from pairs 0.756; tau-c 1.000, of the table 1.000
#   three grades, 12 places: tau-b 0.918, from pairs 0.853; tau-c 1.333, of the table 1.000
#   10 places, 10 places: tau-b 1.000, from pairs 1.000; tau-c 1.800, of the table 1.000
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts statistics.js@1.0.0 1>&2

cat > finding.js <<'JS'
const Statistics = require('statistics.js');

function compare(name, first, second) {
  const rows = first.map((value, i) => ({ first: value, second: second[i] }));
  const tau = new Statistics(rows, { first: 'metric', second: 'metric' }, { suppressWarnings: true })
    .kendallsTau('first', 'second');
  let [difference, firstPairs, secondPairs] = [0, 0, 0];
  for (let i = 0; i < first.length; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [Math.sign(first[i] - first[j]), Math.sign(second[i] - second[j])];
      difference += a * b;
      firstPairs += Math.abs(a);
      secondPairs += Math.abs(b);
    }
  }
  const b = difference / Math.sqrt(firstPairs * secondPairs);
  const small = Math.min(new Set(first).size, new Set(second).size);
  const c = (2 * small * difference) / (first.length ** 2 * (small - 1));
  console.log(`${name}: tau-b ${tau.b.tauB.toFixed(3)}, from pairs ${b.toFixed(3)};`
    + ` tau-c ${tau.c.tauC.toFixed(3)}, of the table ${c.toFixed(3)}`);
  return [tau.b.tauB - b, tau.c.tauC];
}

const count = (n) => [...Array(n).keys()].map((i) => i + 1);
const seen = [
  compare('two grades, 8 places', [1, 1, 1, 1, 2, 2, 2, 2], count(8)),
  compare('three grades, 12 places', [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3], count(12)),
  compare('10 places, 10 places', count(10), count(10)),
];
process.exit(seen[0][0] > 0.09 && seen[1][0] > 0.03 && seen[2][1] > 1.7 ? 0 : 1);
JS
node finding.js
