#!/usr/bin/env bash
#
# ml-logistic-regression has no intercept: it cannot tell 0, 1, 2, 3 from 10, 11, 12, 13.
#
# Versions: ml-logistic-regression 2.0.0 and ml-matrix 6.12.1 of npm, Node.js 20, Linux x86-64.
#
# The boundary between two classes goes through the point where all features are 0, which nothing in the
# documentation says. Features that are always above 0, such as energies, are then in one class, and a
# feature of 0 has a probability of a half whatever the training. A column of ones beside the features
# makes up for it. The other libraries for this fit an intercept, unless asked not to.
#
# Output seen:
#   features alone: [0,1,1,1,1,1,1,1], probability at 0 0.500, at 3 0.653
#   with a column of ones: [0,0,0,0,1,1,1,1], probability at 0 0.000, at 3 0.017
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ml-logistic-regression@2.0.0 ml-matrix@6.12.1 1>&2

cat > finding.js <<'JS'
const LogisticRegression = require('ml-logistic-regression');
const { Matrix } = require('ml-matrix');

const classes = [0, 0, 0, 0, 1, 1, 1, 1];

function train(name, rows) {
  const features = new Matrix(rows);
  const model = new LogisticRegression({ numSteps: 20000, learningRate: 5e-3 });
  model.train(features, Matrix.columnVector(classes));
  const answers = JSON.stringify(model.predict(features));
  const scores = model.classifiers[0].testScores(features);
  console.log(`${name}: ${answers}, probability at 0 ${scores[0].toFixed(3)}, at 3 ${scores[3].toFixed(3)}`);
  return answers;
}

const numbers = [0, 1, 2, 3, 10, 11, 12, 13];
const alone = train('features alone', numbers.map((x) => [x]));
const ones = train('with a column of ones', numbers.map((x) => [x, 1]));
process.exit(alone === '[0,1,1,1,1,1,1,1]' && ones === JSON.stringify(classes) ? 0 : 1);
JS
node finding.js
