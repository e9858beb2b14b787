#!/usr/bin/env bash
#
# ahrs takes the sample rate that its documentation asks for as milliseconds.
#
# Versions: ahrs 1.3.3 of npm, Node.js 20, Linux x86-64.
#
# The documentation says that sampleInterval is in Hz. Both filters take it as the time between two samples in
# milliseconds. A device at 100 Hz that turns by 90 degrees is seen to turn by 900, and one at 20 Hz by 36.
# Only at 31.6 Hz are both the same. Gravity and the compass pull the attitude back, so it stays plausible
# while slow, and the quaternions and angles that a model is trained on are wrong in every turn. The time
# may also be handed to update with each sample, in seconds: then it is right.
#
# Output seen:
#   Madgwick, sampleInterval 20, a turn of 90 degrees in 20 samples: 36; with the time in update: 90
#   Madgwick, sampleInterval 100, a turn of 90 degrees in 100 samples: 899; with the time in update: 90
#   Mahony, sampleInterval 20, a turn of 90 degrees in 20 samples: 36; with the time in update: 90
#   Mahony, sampleInterval 100, a turn of 90 degrees in 100 samples: 898; with the time in update: 90
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ahrs@1.3.3 1>&2

cat > finding.js <<'JS'
const AHRS = require('ahrs');

// a turn about the upright axis by 90 degrees in one second, in radians per second
function heading(algorithm, rate, seconds) {
  const filter = new AHRS({ sampleInterval: rate, algorithm });
  let turned = 0;
  let last = 0;
  for (let i = 0; i < rate; i++) {
    filter.update(0, 0, Math.PI / 2, 0.001, 0.001, 1, ...(seconds ? [undefined, undefined, undefined, seconds] : []));
    const now = filter.getEulerAngles().heading * 180 / Math.PI;
    turned += ((now - last + 540) % 360) - 180;
    last = now;
  }
  return Math.round(turned);
}

const seen = [];
for (const algorithm of ['Madgwick', 'Mahony']) {
  for (const rate of [20, 100]) {
    const turned = heading(algorithm, rate);
    console.log(`${algorithm}, sampleInterval ${rate}, a turn of 90 degrees in ${rate} samples: ${turned}; with the time in update: ${heading(algorithm, rate, 1 / rate)}`);
    seen.push(turned);
  }
}
process.exit(seen.join() === '36,899,36,898' ? 0 : 1);
JS
node finding.js
