#!/usr/bin/env bash
#
# Fisher's exact test of statistics.js is the probability of one table, so equal results are significant.
#
# Versions: statistics.js 1.0.0 of npm, Node.js 20, Linux x86-64.
#
# The p value of Fisher's test is the probability of the table seen and of all that are as likely or less.
# fishersExactTest returns that of the table seen alone, and its documentation says to compare it with the
# level of significance. The more counts, the smaller is the probability of any one table: two models
# that are both right 255 times of 510 differ with 0.04994, where 1 is right. The documentation's own
# example, 0.04895, is 0.10256. From 515 of each on the answer is 0, or NaN.
#
# Output seen:
#   5 of 10 right, and 5 of 10: 0.34372, with all tables 1.00000
#   255 of 510 right, and 255 of 510: 0.04993, with all tables 1.00000
#   5 of 7 right, and 1 of 7: 0.04895, with all tables 0.10256
#   258 of 516 right, and 258 of 516: 0.00000, with all tables 1.00000
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

function byLibrary(firstRight, firstAll, secondRight, secondAll) {
  const rows = [];
  for (let i = 0; i < firstAll; i++) {
    rows.push({ model: 'first', right: i < firstRight ? 'yes' : 'no' });
  }
  for (let i = 0; i < secondAll; i++) {
    rows.push({ model: 'second', right: i < secondRight ? 'yes' : 'no' });
  }
  const scales = {
    model: { scale: 'nominal', valueMap: ['first', 'second'] },
    right: { scale: 'nominal', valueMap: ['yes', 'no'] },
  };
  return new Statistics(rows, scales, { suppressWarnings: true }).fishersExactTest('model', 'right');
}

// the sum over all tables with the same margins that are as likely as the one seen, or less
function byAllTables(firstRight, firstAll, secondRight, secondAll) {
  const logFactorial = [0];
  for (let i = 1; i <= firstAll + secondAll; i++) {
    logFactorial.push(logFactorial[i - 1] + Math.log(i));
  }
  const choose = (n, k) => logFactorial[n] - logFactorial[k] - logFactorial[n - k];
  const right = firstRight + secondRight;
  const probability = (k) => Math.exp(choose(firstAll, k) + choose(secondAll, right - k) - choose(firstAll + secondAll, right));
  let sum = 0;
  for (let k = Math.max(0, right - secondAll); k <= Math.min(firstAll, right); k++) {
    if (probability(k) <= probability(firstRight) * (1 + 1e-9)) {
      sum += probability(k);
    }
  }
  return sum;
}

const seen = [[5, 10, 5, 10], [255, 510, 255, 510], [5, 7, 1, 7], [258, 516, 258, 516]].map((table) => {
  const [a, b] = [byLibrary(...table).toFixed(5), byAllTables(...table).toFixed(5)];
  console.log(`${table[0]} of ${table[1]} right, and ${table[2]} of ${table[3]}: ${a}, with all tables ${b}`);
  return a;
});
process.exit(seen[1] < 0.05 && seen[2] === '0.04895' && seen[3] === '0.00000' ? 0 : 1);
JS
node finding.js
