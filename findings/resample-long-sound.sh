#!/usr/bin/env bash
#
# libsamplerate-js returns 0.1 seconds, then nothing, for long sounds after a short one.
#
# Versions: @alexanderolsen/libsamplerate-js 2.1.2 of npm, Node.js 20, Linux x86-64.
#
# The call simple() resamples a sound as a whole. Its page says that sounds of more than 4 MB, which
# is 21.8 seconds at 48 kHz, are cut into pieces inside. The state of that way is never set back. With
# a sinc converter, after one short sound the next long one is 0.1 seconds long, and each later one is
# an array of length 0. After a long sound the next one starts with the last 19 samples of the former,
# so it is shifted. No error is raised. A resampler that is made anew for each sound loses the 19 only.
#
# Output seen:
#   25 seconds, new resampler: 399981 samples; right are 400000
#   25 seconds again: 400000 samples, the first 19 are of the sound before: true
#   1 second, then 25, then 25, new resampler: 16000, 1600, 0 samples; right are 16000, 400000, 400000
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @alexanderolsen/libsamplerate-js@2.1.2 1>&2

cat > finding.js <<'JS'
const { create, ConverterType } = require('@alexanderolsen/libsamplerate-js');

const make = () => create(1, 48000, 16000, { converterType: ConverterType.SRC_SINC_FASTEST });
const sound = (seconds, value) => new Float32Array(48000 * seconds).fill(value);

async function run() {
  let resampler = await make();
  const first = resampler.simple(sound(25, 0.5));
  const second = resampler.simple(sound(25, 0));
  const mixed = second.slice(0, 15).every((value) => Math.abs(value - 0.5) < 0.1) && Math.abs(second[100]) < 1e-3;
  console.log(`25 seconds, new resampler: ${first.length} samples; right are 400000`);
  console.log(`25 seconds again: ${second.length} samples, the first 19 are of the sound before: ${mixed}`);
  resampler.destroy();

  resampler = await make();
  const lengths = [1, 25, 25].map((seconds) => resampler.simple(sound(seconds, 0.5)).length).join(', ');
  console.log(`1 second, then 25, then 25, new resampler: ${lengths} samples; right are 16000, 400000, 400000`);
  resampler.destroy();
  process.exit(first.length === 399981 && second.length === 400000 && mixed && lengths === '16000, 1600, 0' ? 0 : 1);
}

run();
JS
node finding.js
