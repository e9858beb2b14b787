#!/usr/bin/env bash
#
# rocAucScore of scikitjs takes the labels for false positive rates.
#
# Versions: scikitjs 1.24.0, @tensorflow/tfjs-core, tfjs-layers and tfjs-backend-cpu 3.21.0 of npm, Node.js
# 20, Linux x86-64.
#
# The area under the ROC curve is the share of pairs of one positive and one negative example that the
# scores put in the right order. rocAucScore computes the area of a polygon instead, whose corners are the
# label and the score of each example, in their order. So the answer depends on the order of the examples
# and on the scale of the scores, and says nothing of how well they separate: perfect scores get 0.4,
# their reverse 0.6, and scores that are wrong about all examples 1.
#
# Output seen:
#   labels 0, 1, 0, 1, 0, 1, scores 0.1, 0.9, 0.2, 0.8, 0.3, 0.7: 0.400, right is 1.000
#   labels 0, 1, 0, 1, 0, 1, scores 0.9, 0.1, 0.8, 0.2, 0.7, 0.3: 0.600, right is 0.000
#   labels 0, 0, 0, 1, 1, 1, scores 0.1, 0.2, 0.3, 0.7, 0.8, 0.9: 0.500, right is 1.000
#   labels 0, 0, 1, 1, scores 0.1, 0.4, 0.35, 0.8: 0.375, right is 0.750
#   labels 0, 1, 1, 0, scores 1, 0, 0, 1: 1.000, right is 0.000
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts scikitjs@1.24.0 @tensorflow/tfjs-core@3.21.0 @tensorflow/tfjs-layers@3.21.0 @tensorflow/tfjs-backend-cpu@3.21.0 1>&2

cat > finding.js <<'JS'
const core = require('@tensorflow/tfjs-core');
const tf = { ...core, ...require('@tensorflow/tfjs-layers') };
require('@tensorflow/tfjs-backend-cpu');
const scikit = require('scikitjs');

scikit.setBackend(tf);
function share(labels, scores) {
  let won = 0;
  let pairs = 0;
  labels.forEach((label, i) => labels.forEach((other, j) => {
    if (label === 1 && other === 0) {
      won += scores[i] > scores[j] ? 1 : scores[i] === scores[j] ? 0.5 : 0;
      pairs++;
    }
  }));
  return won / pairs;
}
const cases = [
  [[0, 1, 0, 1, 0, 1], [0.1, 0.9, 0.2, 0.8, 0.3, 0.7]],
  [[0, 1, 0, 1, 0, 1], [0.9, 0.1, 0.8, 0.2, 0.7, 0.3]],
  [[0, 0, 0, 1, 1, 1], [0.1, 0.2, 0.3, 0.7, 0.8, 0.9]],
  [[0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]],
  [[0, 1, 1, 0], [1, 0, 0, 1]],
];
console.warn = () => {};
const seen = cases.map(([labels, scores]) => {
  const answer = scikit.metrics.rocAucScore(labels, scores);
  console.log(`labels ${labels.join(', ')}, scores ${scores.join(', ')}: ${answer.toFixed(3)}, right is ${share(labels, scores).toFixed(3)}`);
  return answer.toFixed(3);
});
process.exit(seen.join() === '0.400,0.600,0.500,0.375,1.000' ? 0 : 1);
JS
node finding.js
