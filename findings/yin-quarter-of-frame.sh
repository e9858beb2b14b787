#!/usr/bin/env bash
#
# YIN of pitchfinder finds 18,000 Hz for a low voice in 1,024 or 2,048 samples, and the right pitch in one more.
#
# Versions: pitchfinder 2.3.4 of npm, Node.js 20, Linux x86-64.
#
# YIN looks for a lag up to half of the frame. pitchfinder cuts a frame to a power of two below its length,
# so one that is a power of two is cut to half, and then to lags of a quarter. A pitch whose period is
# longer is not there: at 44,100 samples a second all below 86 Hz for 2,048 samples, and below 172 Hz, most
# of the voices of men, for 1,024. The answer is then null, or the lowest lag, or 18,000 Hz.
#
# Output seen:
#   1024 samples: 45 Hz is 18248.1, 70 Hz is 18797.1, 150 Hz is null, 170 Hz is 172.9
#   1025 samples: 45 Hz is 18850.2, 70 Hz is null, 150 Hz is 150.0, 170 Hz is 170.0
#   2048 samples: 45 Hz is 18850.2, 70 Hz is null, 150 Hz is 150.0, 170 Hz is 170.0
#   2049 samples: 45 Hz is 45.0, 70 Hz is 70.0, 150 Hz is 150.0, 170 Hz is 170.0
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts pitchfinder@2.3.4 1>&2

cat > finding.js <<'JS'
const { YIN } = require('pitchfinder');

const detect = YIN({ sampleRate: 44100 });

function pitches(length) {
  const found = [45, 70, 150, 170].map((frequency) => {
    const sound = Float32Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * frequency * i) / 44100));
    return [frequency, detect(sound)];
  });
  console.log(`${length} samples: ${found.map(([f, p]) => `${f} Hz is ${p === null ? p : p.toFixed(1)}`).join(', ')}`);
  return found.map(([, p]) => p);
}

const [short, , even, odd] = [1024, 1025, 2048, 2049].map(pitches);
const right = odd.every((p, i) => Math.abs(p - [45, 70, 150, 170][i]) < 1);
process.exit(short[0] > 18000 && short[1] > 18000 && short[2] === null && even[0] > 18000 && even[1] === null && right ? 0 : 1);
JS
node finding.js
