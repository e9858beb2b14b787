#!/usr/bin/env bash
#
# The spectrum of dsp.js's RFFT has the real part of one frequency with the imaginary part of the next.
#
# Versions: dsp.js 1.0.1 of npm, Node.js 20, Linux x86-64.
#
# DFT, FFT and RFFT of the package have the same interface. The third takes the imaginary parts from one
# place further on. A sine wave with 16 periods in the frame is at place 15 of the spectrum, a cosine wave
# at place 16, and a wave between them at both, with 3 dB less at each. So levels and peaks depend on when
# the frame begins, and two tones next to each other are added up by chance.
#
# Output seen:
#   sine: DFT 0.000 1.000, FFT 0.000 1.000, RFFT 1.000 0.000 at places 15 and 16
#   cosine: DFT 0.000 1.000, FFT 0.000 1.000, RFFT 0.000 1.000 at places 15 and 16
#   between: DFT 0.000 1.000, FFT 0.000 1.000, RFFT 0.707 0.707 at places 15 and 16
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts dsp.js@1.0.1 1>&2

cat > finding.js <<'JS'
const dsp = require('dsp.js');

const kinds = ['DFT', 'FFT', 'RFFT'];

function spectra(name, phase) {
  const sound = Float64Array.from({ length: 1024 }, (_, i) => Math.sin((2 * Math.PI * 16 * i) / 1024 + phase));
  const levels = kinds.map((kind) => {
    const transform = new dsp[kind](1024, 44100);
    transform.forward(sound);
    return [15, 16].map((place) => transform.spectrum[place].toFixed(3)).join(' ');
  });
  console.log(`${name}: ${kinds.map((kind, i) => `${kind} ${levels[i]}`).join(', ')} at places 15 and 16`);
  return levels;
}

const seen = [spectra('sine', 0), spectra('cosine', Math.PI / 2), spectra('between', Math.PI / 4)];
const right = seen.every(([dft, fft]) => dft === '0.000 1.000' && fft === '0.000 1.000');
process.exit(right && seen.map((levels) => levels[2]).join() === '1.000 0.000,0.000 1.000,0.707 0.707' ? 0 : 1);
JS
node finding.js
