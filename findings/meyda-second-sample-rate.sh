#!/usr/bin/env bash
#
# Meyda computes MFCCs and loudness with the bands of the first sample rate that it ever saw.
#
# Versions: meyda 5.6.3 of npm, Node.js 20, Linux x86-64.
#
# Meyda.sampleRate may be set at any time. The mel bands and the bands of loudness are laid out at the
# first extract and kept, whatever the rate is later. In a program that goes over sounds of 44.1 kHz
# and of 16 kHz, the coefficients of one kind depend on which kind came first. A tone of 1 kHz at
# 16 kHz lies in the mel bands 8 and 9 when it comes first, and in 11 and 12 after one sound of
# 44.1 kHz. Nothing is said. A change of Meyda.melBands is taken over.
#
# Output seen:
#   16 kHz first: bands 8, 9; MFCC 37.578, 17.388, -21.271
#   16 kHz after 44.1 kHz: bands 11, 12; MFCC 37.578, 4.570, -36.196
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
const { fork } = require('child_process');
const Meyda = require('meyda');

function extract(rate) {
  Meyda.bufferSize = 512;
  Meyda.sampleRate = rate;
  const tone = Float32Array.from({ length: 512 }, (_, i) => Math.sin(2 * Math.PI * 1000 * i / rate));
  const { melBands, mfcc } = Meyda.extract(['melBands', 'mfcc'], tone);
  const bands = Array.from(melBands).map((value, i) => (value > 1 ? i : -1)).filter((i) => i >= 0).join(', ');
  return `bands ${bands}; MFCC ${Array.from(mfcc).slice(0, 3).map((value) => value.toFixed(3)).join(', ')}`;
}

// each order needs a process of its own
if (process.argv[2]) {
  if (process.argv[2] === 'after') {
    extract(44100);
  }
  process.send(extract(16000));
} else {
  fork(__filename, ['first']).on('message', (first) => {
    fork(__filename, ['after']).on('message', (after) => {
      console.log(`16 kHz first: ${first}`);
      console.log(`16 kHz after 44.1 kHz: ${after}`);
      process.exit(first.startsWith('bands 8, 9;') && after.startsWith('bands 11, 12;') ? 0 : 1);
    });
  });
}
JS
node finding.js
