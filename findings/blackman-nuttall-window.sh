#!/usr/bin/env bash
#
# The Blackman-Nuttall window of fft-windowing leaks 54 dB more than by its coefficients.
#
# Versions: fft-windowing 0.1.4 of npm, Node.js 20, Linux x86-64.
#
# The first two coefficients of the window are 0.3635819 and 0.4891775. fft-windowing has 0.3635819 twice.
# So the window ends at 0.126 instead of 0.0004, and each frame is cut off with a step, the very thing that
# a window is for: far from a tone the spectrum is little better than with no window at all. The window
# lanczos is NaN in the middle of every frame of odd length, and with it the whole spectrum. All windows
# write over the frame that they are given, so frames that overlap in one typed array are windowed twice.
#
# Output seen:
#   blackman_nuttall, 513 samples: ends 0.1260, middle 0.8744; by its coefficients 0.0004, 1.0000
#   a tone, more than 20 bins away: blackman_nuttall -46 dB, by its coefficients -100 dB, no window -36 dB
#   lanczos, 5 samples: 0.00, 0.64, NaN, 0.64, 0.00
#   hann, the frame given, afterwards: 0.00, 0.50, 1.00, 0.50, 0.00
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts fft-windowing@0.1.4 1>&2

cat > finding.js <<'JS'
const windowing = require('fft-windowing');

const length = 513;
const ones = new Array(length).fill(1);
const [a, b, c, d] = [0.3635819, 0.4891775, 0.1365995, 0.0106411];
const angle = (i) => (2 * Math.PI * i) / (length - 1);
const right = ones.map((_, i) => a - b * Math.cos(angle(i)) + c * Math.cos(2 * angle(i)) - d * Math.cos(3 * angle(i)));
const window = windowing.blackman_nuttall(ones.slice());

// the largest answer far from the tone of 50.3 bins, over the answer of its own bin, in dB
function leakage(weights) {
  const magnitude = (bin) => {
    let re = 0;
    let im = 0;
    weights.forEach((weight, i) => {
      const value = weight * Math.sin(2 * Math.PI * 50.3 * i / length);
      re += value * Math.cos(2 * Math.PI * bin * i / length);
      im += value * Math.sin(2 * Math.PI * bin * i / length);
    });
    return Math.hypot(re, im);
  };
  let far = 0;
  for (let bin = 71; bin < 250; bin++) {
    far = Math.max(far, magnitude(bin));
  }
  return Math.round(20 * Math.log10(far / magnitude(50)));
}

const middle = (length - 1) / 2;
console.log(`blackman_nuttall, ${length} samples: ends ${window[0].toFixed(4)}, middle ${window[middle].toFixed(4)}; by its coefficients ${right[0].toFixed(4)}, ${right[middle].toFixed(4)}`);
const leaks = [window, right, ones].map(leakage);
console.log(`a tone, more than 20 bins away: blackman_nuttall ${leaks[0]} dB, by its coefficients ${leaks[1]} dB, no window ${leaks[2]} dB`);
const frame = [1, 1, 1, 1, 1];
windowing.hann(frame);
const lanczos = windowing.lanczos([1, 1, 1, 1, 1]);
console.log(`lanczos, 5 samples: ${lanczos.map((value) => value.toFixed(2)).join(', ')}`);
console.log(`hann, the frame given, afterwards: ${frame.map((value) => value.toFixed(2)).join(', ')}`);
process.exit(leaks[0] > -50 && leaks[1] < -90 && frame[0] === 0 && Number.isNaN(lanczos[2]) ? 0 : 1);
JS
node finding.js
