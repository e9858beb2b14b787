#!/bin/sh
# Opens a report in headless Chromium, wide and narrow, on a light and a dark screen.
#
#   examples/report-check.sh REPORT.html [FOLDER]
#
# Fails if the console says anything, if a table or a chart is missing or has no size, if the page
# is wider than the screen, or if dark looks like light. The four screenshots go into FOLDER
# (target/report-check by default); look at them. CHROMIUM names another browser.
set -eu

if [ $# -lt 1 ] || [ ! -f "$1" ]; then
    echo "usage: $0 REPORT.html [FOLDER]" >&2
    exit 2
fi
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
if [ -z "$browser" ]; then
    echo "error: no chromium found; install it, or name one in CHROMIUM" >&2
    exit 2
fi
report=$(realpath "$1")
mkdir -p "${2:-target/report-check}"
folder=$(realpath "${2:-target/report-check}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "error: $1" >&2
    exit 1
}

# width height scheme(0 dark, 1 light) options...
browse() {
    size=$1,$2 colours=$3
    shift 3
    "$browser" --headless --no-sandbox --disable-gpu --no-first-run --hide-scrollbars \
        --user-data-dir="$work/profile" --enable-logging=stderr \
        --window-size="$size" --blink-settings=preferredColorScheme="$colours" \
        "$@" 2>"$work/log" || { cat "$work/log" >&2; fail "the browser failed"; }
    if grep 'CONSOLE' "$work/log"; then
        fail "the console is not silent"
    fi
}

if grep -En '(src|href)="(https?:)?//|@import|url\((https?:)?//' "$report"; then
    fail "the report needs the network"
fi

# A copy that measures itself, since the report has no script, in a frame of the width wanted, since
# the browser's own window does not get as narrow as a phone without a picture being taken.
measure='<script>
const empty = [...document.querySelectorAll("svg,table")]
    .filter(e => !e.closest("details:not([open])"))
    .filter(e => e.getBoundingClientRect().width < 50 || e.getBoundingClientRect().height < 50);
parent.postMessage(
    "svg=" + document.querySelectorAll("svg text").length
    + " table=" + document.querySelectorAll("table td").length
    + " empty=" + empty.length
    + " over=" + Math.max(0, document.documentElement.scrollWidth - innerWidth)
    + " width=" + innerWidth
    + " paper=" + getComputedStyle(document.body).backgroundColor.replaceAll(" ", ""),
    "*");
</script>'

for width in 1280 390; do
    for scheme in 1 0; do
        name=$([ $width = 1280 ] && echo wide || echo narrow)-$([ $scheme = 1 ] && echo light || echo dark)
        browse $width 5000 $scheme --screenshot="$folder/$name.png" "file://$report"
        [ -s "$folder/$name.png" ] || fail "no screenshot, $name"
        { cat "$report"; echo "$measure"; } >"$work/measured.html"
        cat >"$work/frame.html" <<PAGE
<!DOCTYPE html><meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"><body>
<script>onmessage = message => document.body.setAttribute("data-seen", message.data)</script>
<iframe src="measured.html" style="width:${width}px;height:5000px;border:0"></iframe>
PAGE
        browse 1400 5000 $scheme --virtual-time-budget=5000 --dump-dom "file://$work/frame.html" >"$work/dom"
        seen=$(grep -o 'data-seen="[^"]*"' "$work/dom") || fail "the page did not load, $name"
        echo "$name: $seen"
        case $seen in
            *svg=0*) fail "no chart" ;;
            *table=0*) fail "no table" ;;
        esac
        case $seen in *empty=0*) ;; *) fail "a chart or table has no size, $name" ;; esac
        case $seen in *over=0*) ;; *) fail "the page is wider than the screen, $name" ;; esac
        case $seen in *width=$width*) ;; *) fail "the screen is not $width wide, $name" ;; esac
        echo "${seen##*paper=}" >"$work/paper-$scheme"
    done
    ! cmp -s "$work/paper-0" "$work/paper-1" || fail "dark looks like light"
done
echo "the report opens; look at $folder/{wide,narrow}-{light,dark}.png"
