#!/usr/bin/env bash
#
# TensorFlow.js gets the mask wrong where masked sequences are added, and says so only sometimes.
#
# Versions: @tensorflow/tfjs-core, tfjs-layers and tfjs-backend-cpu 4.22.0 of npm, Node.js 20, Linux x86-64.
#
# Two sequences with padding, say of sound and of pictures, go through masking layers and are fused.
# With concatenate an LSTM behind ends where the padding begins. The layers add, average, maximum and
# multiply make a mask with one dimension too many. Behind them an LSTM raises an error that speaks of
# shapes only, unless it has as many units as there are steps and the batch is not smaller: then it
# takes examples for steps and steps for units, and gives other numbers and a unit that is always 0.
#
# Output seen:
#   concatenate, 3 steps, 3 units: 0.96, 0.96, 0.96; without padding 0.96, 0.96, 0.96
#   add, 3 steps, 3 units: 0.88, 0.88, 0.00; without padding 0.96, 0.96, 0.96
#   average, 3 steps, 3 units: 0.87, 0.87, 0.00; without padding 0.95, 0.95, 0.95
#   add, 3 steps, 4 units: an error; without padding 0.96, 0.96, 0.96, 0.96
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

// answers for the first example, with a masked step of zeros at the end or without that step
function answer(fusion, units, padded) {
  const steps = padded ? 3 : 2;
  const inputs = [tf.input({ shape: [steps, 2] }), tf.input({ shape: [steps, 2] })];
  const masked = inputs.map((input) => (padded ? tf.layers.masking({ maskValue: 0 }).apply(input) : input));
  const fused = tf.layers[fusion]().apply(masked);
  const output = tf.layers.lstm({ units, kernelInitializer: 'ones', recurrentInitializer: 'ones' }).apply(fused);
  const sequences = Array.from({ length: 4 }, (_, i) => [[1, i + 1], [2, i + 1], [0, 0]].slice(0, steps));
  const batch = tf.tensor3d(sequences);
  try {
    return tf.model({ inputs, outputs: output }).predict([batch, batch]).arraySync()[0].map((value) => value.toFixed(2)).join(', ');
  } catch (error) {
    return 'an error';
  }
}

async function run() {
  await tf.setBackend('cpu');
  const seen = [];
  for (const [fusion, units] of [['concatenate', 3], ['add', 3], ['average', 3], ['add', 4]]) {
    const padded = answer(fusion, units, true);
    const whole = answer(fusion, units, false);
    console.log(`${fusion}, 3 steps, ${units} units: ${padded}; without padding ${whole}`);
    seen.push([padded, whole]);
  }
  process.exit(seen[0][0] === seen[0][1] && seen[1][0].endsWith(', 0.00') && seen[2][0].endsWith(', 0.00')
    && seen[3][0] === 'an error' ? 0 : 1);
}

console.warn = () => {};
run();
JS
node finding.js
