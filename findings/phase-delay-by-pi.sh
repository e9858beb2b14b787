#!/usr/bin/env bash
#
# The phase delay that fili reports is larger than it is by the factor pi, at half of the documented frequency.
#
# Versions: fili 2.0.3 of npm, Node.js 20, Linux x86-64.
#
# A symmetric FIR filter of order 100 delays every frequency by 50 samples. response() gives a groupDelay of
# 50 and a phaseDelay of 157.08. Its documentation says that 100 points at 1000 samples a second are 0, 10,
# 20 Hz and so on; they are 0, 5, 10 Hz and so on, up to 495 Hz, and the one taken for 100 Hz is at 50 Hz.
#
# Output seen:
#   group delay 50.00 samples, phase delay 157.08 samples, measured 50.00 samples
#   point 20 of a low pass at 100 Hz: -6.01 dB; measured at 100 Hz -6.01 dB, at 200 Hz below -50 dB
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

const coefficients = new Fili.FirCoeffs().lowpass({ order: 100, Fs: 1000, Fc: 100 });
const response = new Fili.FirFilter(coefficients).response(100);

// level and phase by the sum over the coefficients
function measure(frequency) {
  const angle = (2 * Math.PI * frequency) / 1000;
  let [re, im] = [0, 0];
  coefficients.forEach((c, i) => {
    re += c * Math.cos(angle * i);
    im -= c * Math.sin(angle * i);
  });
  return { dB: 20 * Math.log10(Math.hypot(re, im)), delay: -Math.atan2(im, re) / angle };
}

const delay = measure(5).delay;
console.log(`group delay ${response[5].groupDelay.toFixed(2)} samples, phase delay ${response[5].phaseDelay.toFixed(2)} samples,`
  + ` measured ${delay.toFixed(2)} samples`);
const far = measure(200).dB;
console.log(`point 20 of a low pass at 100 Hz: ${response[20].dBmagnitude.toFixed(2)} dB;`
  + ` measured at 100 Hz ${measure(100).dB.toFixed(2)} dB, at 200 Hz ${far < -50 ? 'below -50' : far.toFixed(2)} dB`);
process.exit(Math.abs(response[5].phaseDelay / delay - Math.PI) < 1e-3 && Math.abs(response[20].dBmagnitude - measure(100).dB) < 1e-3 ? 0 : 1);
JS
node finding.js
