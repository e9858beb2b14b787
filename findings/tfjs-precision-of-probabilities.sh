#!/usr/bin/env bash
#
# Precision and recall of TensorFlow.js are 0 for every network that answers probabilities.
#
# Versions: @tensorflow/tfjs-core, tfjs-layers and tfjs-backend-cpu 4.22.0 of npm, Node.js 20, Linux x86-64.
#
# The metric precision, given to compile or called by itself, counts an answer only if it is exactly 1.
# A sigmoid or softmax reaches that by rounding at most, so the metric is 0 whatever the network does.
# Keras in Python, and binaryAccuracy of the same package, take the threshold 0.5. Answers that are
# rounded first get the right number.
#
# Output seen:
#   truth 1, 0, 1, 1; answers 0.9, 0.9, 0.1, 0.9
#   precision 0.000, recall 0.000; of rounded answers 0.667, 0.667
#   evaluate with the metric precision: 0.000
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-layers@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0 1>&2

cat > finding.js <<'JS'
const core = require('@tensorflow/tfjs-core');
const tf = { ...core, ...require('@tensorflow/tfjs-layers') };
require('@tensorflow/tfjs-backend-cpu');

async function run() {
  await tf.setBackend('cpu');
  const truth = tf.tensor2d([[1], [0], [1], [1]]);
  const answers = tf.tensor2d([[0.9], [0.9], [0.1], [0.9]]);
  const seen = [answers, tf.round(answers)].map((given) =>
    [tf.metrics.precision(truth, given), tf.metrics.recall(truth, given)].map((value) => value.dataSync()[0].toFixed(3)).join(', recall '));
  console.log('truth 1, 0, 1, 1; answers 0.9, 0.9, 0.1, 0.9');
  console.log(`precision ${seen[0]}; of rounded answers ${seen[1].replace('recall ', '')}`);

  // a network that passes its input on
  const network = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'ones', useBias: false })] });
  network.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy', metrics: ['precision'] });
  const precision = network.evaluate(answers, truth)[1].dataSync()[0];
  console.log(`evaluate with the metric precision: ${precision.toFixed(3)}`);
  process.exit(seen[0] === '0.000, recall 0.000' && seen[1] === '0.667, recall 0.667' && precision === 0 ? 0 : 1);
}

console.warn = () => {};
run();
JS
node finding.js
