#!/usr/bin/env bash
#
# The layer resizing of TensorFlow.js takes other pixels than Keras, and crops nothing.
#
# Versions: @tensorflow/tfjs-core, tfjs-layers and tfjs-backend-cpu 4.22.0 of npm, Node.js 20, Linux x86-64.
#
# Keras resizes with half-pixel centers: 0, 1, 2, 3 becomes 0.5, 2.5. The layer resizing of
# TensorFlow.js hands the opposite of cropToAspectRatio on as alignCorners. So the corner pixels stay
# where they are, 0, 3, and pictures are sampled up to half a pixel of the result elsewhere than in
# training. With cropToAspectRatio true nothing is cropped, as its name says, but the grid is a third
# one. resizeBilinear with halfPixelCenters true does what Keras does.
#
# Output seen:
#   each row 0, 1, 2, 3, as Keras has it: 0.5, 2.5; cropped to a square first: 1, 2
#   resizing: 0, 3
#   resizing with cropToAspectRatio: 0, 2
#   image.resizeBilinear with halfPixelCenters: 0.5, 2.5
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
  const picture = tf.tensor4d([[[[0], [1], [2], [3]], [[0], [1], [2], [3]]]]);
  const row = (resized) => resized.arraySync()[0][0].map((pixel) => pixel[0]).join(', ');
  const layer = row(tf.layers.resizing({ height: 2, width: 2 }).apply(picture));
  const cropped = row(tf.layers.resizing({ height: 2, width: 2, cropToAspectRatio: true }).apply(picture));
  const half = row(tf.image.resizeBilinear(picture, [2, 2], false, true));
  console.log('each row 0, 1, 2, 3, as Keras has it: 0.5, 2.5; cropped to a square first: 1, 2');
  console.log(`resizing: ${layer}`);
  console.log(`resizing with cropToAspectRatio: ${cropped}`);
  console.log(`image.resizeBilinear with halfPixelCenters: ${half}`);
  process.exit(layer === '0, 3' && cropped === '0, 2' && half === '0.5, 2.5' ? 0 : 1);
}

console.warn = () => {};
run();
JS
node finding.js
