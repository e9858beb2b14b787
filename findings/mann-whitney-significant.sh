#!/usr/bin/env bash
#
# mann-whitney-utest finds 1 against 2 significant, and large samples that hardly overlap not.
#
# Versions: mann-whitney-utest 1.0.5 of npm, Node.js 20, Linux x86-64.
#
# significant compares the smaller U with what criticalValue returns. That is no critical value of U, but
# the z of its normal approximation, which seldom exceeds 6. So the answer is whether U is below z: true
# for any two numbers that differ, and false for two lists of 50 results unless all but a few of one list
# lie below all of the other. The U values themselves are right.
#
# Output seen:
#   1 against 2: U 0, z 1.00, significant true; exact p 1
#   1 to 3 against 4 to 6: U 0, z 1.96, significant true; exact p 0.1
#   1 to 20 against the same and 10.5 more: U 45, z 4.19, significant false; exact p 0.000007
#   1 to 50 against the same and 30.5 more: U 190, z 7.31, significant false; exact p below 1e-12
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mann-whitney-utest@1.0.5 1>&2

cat > finding.js <<'JS'
const { test, criticalValue, significant } = require('mann-whitney-utest');

const count = (n, more) => Array.from({ length: n }, (_, i) => i + 1 + more);
const cases = [
  ['1 against 2', [1], [2], 'exact p 1'],
  ['1 to 3 against 4 to 6', count(3, 0), count(3, 3), 'exact p 0.1'],
  ['1 to 20 against the same and 10.5 more', count(20, 0), count(20, 10.5), 'exact p 0.000007'],
  ['1 to 50 against the same and 30.5 more', count(50, 0), count(50, 30.5), 'exact p below 1e-12'],
];
const seen = cases.map(([name, first, second, exact]) => {
  const samples = [first, second];
  const u = test(samples);
  const answer = significant(u, samples);
  console.log(`${name}: U ${Math.min(...u)}, z ${criticalValue(u, samples).toFixed(2)}, significant ${answer}; ${exact}`);
  return answer;
});
process.exit(seen.join() === 'true,true,false,false' ? 0 : 1);
JS
node finding.js
