#!/usr/bin/env bash
#
# The eigenvalues of pca-js are sums of squares over the number of features, not variances.
#
# Versions: pca-js 2.0.6 of npm, Node.js 20, Linux x86-64.
#
# An eigenvalue of a principal component is the variance of the data along it. pca-js divides the sum of
# squares by the number of columns, where the number of rows less one belongs. In its own example, four
# rows of three columns, both are the same. For 100 rows of two features the eigenvalues are 49.5 times
# too large, and for 4 rows of 8 features they are 0.375 times the variance. They grow with the number of
# rows, so scores whitened by them, or a threshold such as 1 for the components that are kept, change
# with the size of the set. Vectors and shares are right.
#
# Output seen:
#   4 rows, 3 columns: eigenvalue 520.10, variance of the scores 520.10
#   100 rows, 2 columns: eigenvalue 50.25, variance of the scores 1.02
#   200 rows, 2 columns: eigenvalue 99.05, variance of the scores 1.00
#   4 rows, 8 columns: eigenvalue 0.62, variance of the scores 1.66
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts pca-js@2.0.6 1>&2

cat > finding.js <<'JS'
const PCA = require('pca-js');

function ratio(data) {
  const { eigenvalue, eigenvector } = PCA.getEigenVectors(data)[0];
  const scores = data.map((row) => row.reduce((sum, value, i) => sum + value * eigenvector[i], 0));
  const mean = scores.reduce((sum, value) => sum + value, 0) / scores.length;
  const variance = scores.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (scores.length - 1);
  console.log(`${data.length} rows, ${data[0].length} columns: eigenvalue ${eigenvalue.toFixed(2)}, variance of the scores ${variance.toFixed(2)}`);
  return eigenvalue / variance;
}

const made = (rows, columns) => Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => Math.sin(i * (j + 1)) + (j === 0 ? Math.cos(2.5 * i) : 0)));
const seen = [
  ratio([[40, 50, 60], [50, 70, 60], [80, 70, 90], [50, 60, 80]]),
  ratio(made(100, 2)),
  ratio(made(200, 2)),
  ratio(made(4, 8)),
];
const expected = [1, 99 / 2, 199 / 2, 3 / 8];
process.exit(seen.every((value, i) => Math.abs(value / expected[i] - 1) < 1e-6) ? 0 : 1);
JS
node finding.js
