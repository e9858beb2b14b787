#!/usr/bin/env bash
#
# The distance of each point of a track, as gpxparser gives it, is that of the point behind it.
#
# Versions: gpxparser 3.0.8 of npm, Node.js 20, Linux x86-64.
#
# The list cumul is to be the distance covered at each point. It has as many entries as there are points, but
# begins with the distance of the second one, so each point has that of the next, and the last two are the
# same. Joined with time or a heart rate by its place in the list, every point is a step too far along, and
# the speed made of it is that of the step to come. The slopes are made of it too: that of each step is
# divided by the length of the next one, and the last one is no number. With one height missing, the heights
# climbed are null.
#
# Output seen:
#   four points, 111 m apart: 111, 222, 334, 334; right is 0, 111, 222, 334
#   11 m up in 111 m, then level for 222 m and 1112 m: slopes 5.0, 0.0, NaN %; right is 10.0, 0.0, 0.0
#   heights 100, none, 110: climbed null
#
# Run by hand; needs bash, Node.js with npm, and the npm registry. Exits 0 while this is so, and 1 if
# the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts gpxparser@3.0.8 1>&2

cat > finding.js <<'JS'
const GpxParser = require('gpxparser');

// points on the equator, at thousandths of a degree
function track(places, heights) {
  const points = heights.map((height, i) => `<trkpt lat="0" lon="${places[i] / 1000}">${height === null ? '' : `<ele>${height}</ele>`}</trkpt>`);
  const parser = new GpxParser();
  parser.parse(`<gpx version="1.1" creator="finding" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${points.join('')}</trkseg></trk></gpx>`);
  return parser.tracks[0];
}

const even = track([0, 1, 2, 3], [100, 100, 100, 100]);
const meters = even.distance.cumul.map((value) => Math.round(value)).join(', ');
console.log(`four points, 111 m apart: ${meters}; right is 0, 111, 222, 334`);
const slopes = track([0, 1, 3, 13], [0, 11.12, 11.12, 11.12]).slopes.map((value) => value.toFixed(1)).join(', ');
console.log(`11 m up in 111 m, then level for 222 m and 1112 m: slopes ${slopes} %; right is 10.0, 0.0, 0.0`);
const holed = track([0, 1, 2], [100, null, 110]).elevation.pos;
console.log(`heights 100, none, 110: climbed ${holed}`);
process.exit(meters === '111, 222, 334, 334' && slopes.startsWith('5.0, ') && holed === null ? 0 : 1);
JS
node finding.js
