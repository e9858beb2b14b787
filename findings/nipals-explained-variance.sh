#!/usr/bin/env bash
#
# With NIPALS, ml-pca says that the components asked for explain all of the variance.
#
# Versions: ml-pca 4.1.1 of npm, Node.js 20, Linux x86-64.
#
# PCA by the method NIPALS computes as many components as are asked for, two if nothing is said. The share
# of the variance that each explains is taken of these components only, not of the data, so the shares
# always add up to 1: one component of anything explains 100 %, and whoever keeps components until 95 % are
# explained keeps too few. The eigenvalues are sums of squares, too large by the number of rows less one,
# where those of the other methods are variances. The scores are right.
#
# Output seen:
#   SVD: shares 0.537, 0.238, 0.148, 0.061, 0.015; first eigenvalue 2.12
#   NIPALS, 5 components: shares 0.537, 0.238, 0.148, 0.061, 0.015; first eigenvalue 82.57
#   NIPALS, 2 components: shares 0.693, 0.307; first eigenvalue 82.57
#   NIPALS, 1 component: shares 1.000; first eigenvalue 82.57
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ml-pca@4.1.1 1>&2

cat > finding.js <<'JS'
const { PCA } = require('ml-pca');

const data = Array.from({ length: 40 }, (_, i) => [1, 2, 3, 4, 5].map((j) => Math.sin(i * j) * (6 - j) / 3 + Math.cos(0.7 * i) / j));
const show = (name, pca) => {
  const shares = pca.getExplainedVariance();
  const first = pca.getEigenvalues()[0];
  console.log(`${name}: shares ${shares.map((share) => share.toFixed(3)).join(', ')}; first eigenvalue ${first.toFixed(2)}`);
  return { shares, first };
};
const svd = show('SVD', new PCA(data));
const [five, two, one] = [5, 2, 1].map((n) => show(`NIPALS, ${n} component${n > 1 ? 's' : ''}`, new PCA(data, { method: 'NIPALS', nCompNIPALS: n })));
const total = (shares) => shares.reduce((sum, share) => sum + share, 0);
process.exit(svd.shares[0] + svd.shares[1] < 0.9 && Math.abs(total(two.shares) - 1) < 1e-9 && Math.abs(one.shares[0] - 1) < 1e-9
  && Math.abs(five.first / svd.first / 39 - 1) < 1e-6 ? 0 : 1);
JS
node finding.js
