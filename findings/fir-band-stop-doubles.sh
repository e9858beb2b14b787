#!/usr/bin/env bash
#
# The FIR band stop of fili doubles the band, and its high pass of odd order is a low pass.
#
# Versions: fili 2.0.3 of npm, Node.js 20, Linux x86-64.
#
# bandstop adds a low pass up to F2 to a high pass from F1, so with F1 below F2, as in the tests of the
# package, both let the band through. The other way round it stops it. highpass turns a low pass round at
# its middle coefficient; a filter of odd order has none, since it has one coefficient more than its order,
# and what comes back is the low pass. bandpass and bandstop of odd order are wrong for the same reason.
# Levels are measured with sines through the filter, at 1000 samples a second, cut at 100 and 200 Hz.
#
# Output seen:
#   band stop of order 100: 0.0 dB at 20 Hz, 6.0 dB at 150 Hz, 0.0 dB at 400 Hz
#   F1 and F2 changed over: -0.0 dB at 20 Hz, below -50 dB at 150 Hz, -0.0 dB at 400 Hz
#   band stop of order 101: below -50 dB at 20 Hz, 0.0 dB at 150 Hz, below -50 dB at 400 Hz
#   high pass of order 100: below -50 dB at 20 Hz, -0.0 dB at 400 Hz
#   high pass of order 101: -0.0 dB at 20 Hz, below -50 dB at 400 Hz
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts fili@2.0.3 1>&2

cat > finding.js <<'JS'
const Fili = require('fili');

function level(coefficients, frequency) {
  const filter = new Fili.FirFilter(coefficients);
  let energy = 0;
  for (let i = 0; i < 20000; i++) {
    const out = filter.singleStep(Math.sin((2 * Math.PI * frequency * i) / 1000));
    energy += i < 10000 ? 0 : out * out;
  }
  return 10 * Math.log10((2 * energy) / 10000);
}

function measure(name, coefficients, frequencies) {
  const levels = frequencies.map((frequency) => level(coefficients, frequency));
  console.log(`${name}: ${levels.map((dB, i) => (dB < -50 ? 'below -50' : dB.toFixed(1)) + ` dB at ${frequencies[i]} Hz`).join(', ')}`);
  return levels;
}

const design = new Fili.FirCoeffs();
const band = (order, F1, F2) => design.bandstop({ order, Fs: 1000, F1, F2 });
const high = (order) => design.highpass({ order, Fs: 1000, Fc: 100 });
const doubled = measure('band stop of order 100', band(100, 100, 200), [20, 150, 400]);
measure('F1 and F2 changed over', band(100, 200, 100), [20, 150, 400]);
const pass = measure('band stop of order 101', band(101, 100, 200), [20, 150, 400]);
measure('high pass of order 100', high(100), [20, 400]);
const low = measure('high pass of order 101', high(101), [20, 400]);
process.exit(doubled[1] > 5.9 && pass[0] < -50 && pass[1] > -0.1 && low[0] > -0.1 && low[1] < -50 ? 0 : 1);
JS
node finding.js
