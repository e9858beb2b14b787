#!/usr/bin/env bash
#
# In ahrs, lying level makes the Madgwick filter NaN for ever, and the Mahony filter forget gravity.
#
# Versions: ahrs 1.3.3 of npm, Node.js 20, Linux x86-64.
#
# Accelerometers give whole counts, so at rest two axes often read exactly 0. If the first sample does, its
# attitude is the one that the Madgwick filter begins with, its correction is 0 / 0, and every quaternion
# from then on is NaN. The Mahony filter leaves gravity out of every sample in which any one axis is 0, with
# a compass or without: a device that is tilted by 30 degrees about one axis stays level for ever, and the
# drift of the gyroscope is not held back. A reading of 0.001 instead of 0 mends both.
#
# Output seen:
#   Madgwick, one sample of 0, 0, 1, then a minute of 30 degrees: roll NaN degrees
#   Madgwick, one sample of 0.001, 0, 1, then the same: roll 31 degrees
#   Mahony, a minute of 30 degrees, x exactly 0: roll 0 degrees
#   Mahony, a minute of 30 degrees, x 0.001: roll 30 degrees
#   Mahony, level, gyroscope off by 1 degree per second, 0, 0, 1: roll 60 degrees
#   Mahony, the same, 0.001, 0.001, 1: roll 1 degrees
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

const tilt = Math.PI / 6;
function roll(algorithm, first, then, gyroscope = 0) {
  const filter = new AHRS({ sampleInterval: 50, algorithm });
  filter.update(gyroscope, 0, 0, ...first);
  for (let i = 1; i < 1200; i++) {
    filter.update(gyroscope, 0, 0, ...then);
  }
  return (filter.getEulerAngles().roll * 180 / Math.PI).toFixed(0);
}

const tilted = [0.001, Math.sin(tilt), Math.cos(tilt)];
const exact = [0, Math.sin(tilt), Math.cos(tilt)];
const seen = [
  ['Madgwick, one sample of 0, 0, 1, then a minute of 30 degrees', roll('Madgwick', [0, 0, 1], tilted)],
  ['Madgwick, one sample of 0.001, 0, 1, then the same', roll('Madgwick', [0.001, 0, 1], tilted)],
  ['Mahony, a minute of 30 degrees, x exactly 0', roll('Mahony', exact, exact)],
  ['Mahony, a minute of 30 degrees, x 0.001', roll('Mahony', tilted, tilted)],
  ['Mahony, level, gyroscope off by 1 degree per second, 0, 0, 1', roll('Mahony', [0, 0, 1], [0, 0, 1], Math.PI / 180)],
  ['Mahony, the same, 0.001, 0.001, 1', roll('Mahony', [0.001, 0.001, 1], [0.001, 0.001, 1], Math.PI / 180)],
];
seen.forEach(([name, degrees]) => console.log(`${name}: roll ${degrees} degrees`));
process.exit(seen.map((row) => row[1]).join() === 'NaN,31,0,30,60,1' ? 0 : 1);
JS
node finding.js
