#!/usr/bin/env bash
#
# GaussianNB of scikitjs answers the place of a label in the data, and the first class for wide features.
#
# Versions: scikitjs 1.24.0, @tensorflow/tfjs 4.22.0 of npm, Node.js 20, Linux x86-64.
#
# predict answers which label came first, second and so on in the data of fit, not the label: if the first
# example is of class 1, ones and zeros are swapped, and perfectly separated data have an accuracy of 0.
# The other classifiers of the package answer labels. predictProba answers densities, which do not add up to
# 1, and leaves out how frequent the classes are. They are multiplied in single precision: with 100 features
# all are 0, and every example goes to the label that came first.
#
# Output seen:
#   labels 0, 0, 1, 1: predicts 0, 0, 1, 1
#   labels 1, 1, 0, 0: predicts 0, 0, 1, 1
#   labels 5, 5, 7, 7: predicts 0, 0, 1, 1
#   probabilities of 5, halfway: 1.8e-11, 1.3e-4
#   two classes far apart, 20 features: accuracy 1, probabilities of the first example 1.2e-15, 5.2e-33
#   two classes far apart, 100 features: accuracy 0.5, probabilities of the first example 0.0e+0, 0.0e+0
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts scikitjs@1.24.0 @tensorflow/tfjs@4.22.0 1>&2

cat > finding.js <<'JS'
const tf = require('@tensorflow/tfjs');
const scikit = require('scikitjs');

scikit.setBackend(tf);
console.warn = () => {};
async function fitted(features, labels) {
  const model = new scikit.GaussianNB();
  await model.fit(features, labels);
  return model;
}

async function run() {
  const features = [[1], [1.2], [5], [5.2]];
  const answers = [];
  for (const labels of [[0, 0, 1, 1], [1, 1, 0, 0], [5, 5, 7, 7]]) {
    const model = await fitted(features, labels);
    const answer = model.predict(features).arraySync().join(', ');
    console.log(`labels ${labels.join(', ')}: predicts ${answer}`);
    answers.push(answer);
  }
  const [row] = (await fitted([[1], [2], [8], [10]], [0, 0, 1, 1])).predictProba([[5]]).arraySync();
  console.log(`probabilities of 5, halfway: ${row.map((value) => value.toExponential(1)).join(', ')}`);
  const accuracies = [];
  for (const width of [20, 100]) {
    const wide = Array.from({ length: 20 }, (_, i) => Array.from({ length: width }, (__, j) => (i < 10 ? 0 : 3) + 2 * Math.sin(7.3 * i + 2.1 * j)));
    const labels = wide.map((_, i) => (i < 10 ? 0 : 1));
    const model = await fitted(wide, labels);
    const answer = model.predict(wide).arraySync();
    const right = answer.filter((value, i) => value === labels[i]).length / 20;
    console.log(`two classes far apart, ${width} features: accuracy ${right}, probabilities of the first example ${model.predictProba([wide[0]]).arraySync()[0].map((value) => value.toExponential(1)).join(', ')}`);
    accuracies.push(right);
  }
  process.exit(answers.every((answer) => answer === '0, 0, 1, 1') && accuracies.join() === '1,0.5' && row[0] + row[1] < 0.01 ? 0 : 1);
}

run();
JS
node finding.js
