#!/usr/bin/env bash
#
# simulate, stepResponse and impulseResponse of fili's IIR filters run every stage with the last one's numbers.
#
# Versions: fili 2.0.3 of npm, Node.js 20, Linux x86-64.
#
# A filter of fili is a chain of second-order stages, each with coefficients of its own. multiStep and
# response are right. simulate, which by the documentation leaves the state alone, copies the coefficients
# of the last stage to all of them. A Butterworth low pass of four stages at 100 Hz then seems not to
# overshoot a step at all, where it does so by 18 %; another filter is simulated, the more so with more stages.
#
# Output seen:
#   1 stage: step response up to 1.050 simulated, 1.050 filtered
#   2 stages: step response up to 1.001 simulated, 1.119 filtered
#   4 stages: step response up to 1.000 simulated, 1.176 filtered
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

function overshoot(order) {
  const coefficients = new Fili.CalcCascades().lowpass({ order, characteristic: 'butterworth', Fs: 1000, Fc: 100 });
  const step = new Array(200).fill(1);
  const simulated = Math.max(...new Fili.IirFilter(coefficients).simulate(step));
  const filtered = Math.max(...new Fili.IirFilter(coefficients).multiStep(step));
  // the same stages by hand, in direct form I
  let own = step;
  for (const { a, b, k } of coefficients) {
    const out = [];
    own.forEach((x, i) => {
      const [x1, x2, y1, y2] = [own[i - 1] || 0, own[i - 2] || 0, out[i - 1] || 0, out[i - 2] || 0];
      out.push(k * (b[0] * x + b[1] * x1 + b[2] * x2) - a[0] * y1 - a[1] * y2);
    });
    own = out;
  }
  console.log(`${order} stage${order > 1 ? 's' : ''}: step response up to ${simulated.toFixed(3)} simulated, ${filtered.toFixed(3)} filtered`);
  return [simulated, filtered, Math.max(...own)];
}

const one = overshoot(1);
const two = overshoot(2);
const four = overshoot(4);
const right = [one, two, four].every(([, filtered, own]) => Math.abs(filtered - own) < 1e-9);
process.exit(right && Math.abs(one[0] - one[1]) < 1e-9 && two[1] - two[0] > 0.05 && four[1] - four[0] > 0.1 ? 0 : 1);
JS
node finding.js
