#!/usr/bin/env bash
#
# Meyda measures RMS and energy of the windowed sound, so they depend on the window.
#
# Versions: meyda 5.6.3 of npm, Node.js 20, Linux x86-64.
#
# RMS, energy and the rate of zero crossings are features of the wave itself. Meyda multiplies the
# frame by the window of the spectrum first, the Hann window if nothing is set, for these as well.
# A sine of amplitude 0.5 has an RMS of 0.3536 and an energy of 64 in 512 samples. Meyda answers 0.2163
# and 23.95, so levels are 4.3 dB too low, and a click at the edge of a frame counts nothing. With
# windowingFunction 'rect' the numbers are right, but then the spectrum has no window either.
#
# Output seen:
#   by the formula: RMS 0.3536, energy 64.00
#   hanning: RMS 0.2163, energy 23.95
#   hamming: RMS 0.2229, energy 25.43
#   blackman: RMS 0.1949, energy 19.46
#   rect: RMS 0.3536, energy 64.00
#   a click of 1 as the first sample, hanning: RMS 0.0000
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts meyda@5.6.3 1>&2

cat > finding.js <<'JS'
const Meyda = require('meyda');

const tone = Float32Array.from({ length: 512 }, (_, i) => 0.5 * Math.sin(2 * Math.PI * 1000 * i / 16000));
const energy = tone.reduce((sum, value) => sum + value * value, 0);
console.log(`by the formula: RMS ${Math.sqrt(energy / 512).toFixed(4)}, energy ${energy.toFixed(2)}`);
Meyda.bufferSize = 512;
Meyda.sampleRate = 16000;
const seen = {};
for (const name of ['hanning', 'hamming', 'blackman', 'rect']) {
  Meyda.windowingFunction = name;
  seen[name] = Meyda.extract(['rms', 'energy'], tone);
  console.log(`${name}: RMS ${seen[name].rms.toFixed(4)}, energy ${seen[name].energy.toFixed(2)}`);
}
const click = new Float32Array(512);
click[0] = 1;
Meyda.windowingFunction = 'hanning';
const ofClick = Meyda.extract('rms', click);
console.log(`a click of 1 as the first sample, hanning: RMS ${ofClick.toFixed(4)}`);
process.exit(Math.abs(seen.hanning.rms - 0.2163) < 1e-4 && Math.abs(seen.rect.rms - 0.3536) < 1e-4 && ofClick === 0 ? 0 : 1);
JS
node finding.js
