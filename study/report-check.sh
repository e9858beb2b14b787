#!/bin/sh
# Opens a report in headless Chromium, wide and narrow, on a light and a dark screen.
#
#   study/report-check.sh REPORT.html [FOLDER]
#
# Fails if the console says anything, if a table or a chart is missing or has no size, if the page
# is wider than the screen, if a text is below 12 pixels, if a chart has no words or a table no
# caption, if a table does not sort by its titles, or they cannot be reached with the keyboard, or if
# dark looks like light. Passes with a message where there is no browser. The four screenshots go into FOLDER
# (target/report-check by default); look at them. CHROMIUM names another browser.
set -eu

if [ $# -lt 1 ] || [ ! -f "$1" ]; then
    echo "usage: $0 REPORT.html [FOLDER]" >&2
    exit 2
fi
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
if [ -z "$browser" ]; then
    echo "skipped: no chromium found; install it, or name one in CHROMIUM" >&2
    exit 0
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
// drawings are scaled: what counts is the size on the screen
const texts = [...document.querySelectorAll("body *")].filter(e => e.checkVisibility()
    && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
const size = e => parseFloat(getComputedStyle(e).fontSize)
    * (e.closest("svg") ? Math.hypot(e.getScreenCTM().a, e.getScreenCTM().b) : 1);
const tiny = texts.filter(e => size(e) < 12);
const wordless = [...document.querySelectorAll("svg")].filter(e => !e.getAttribute("aria-label"))
    .concat([...document.querySelectorAll("table")].filter(e => !e.caption
        || [...e.querySelectorAll("th")].some(h => !h.scope)));
const unsorted = [...document.querySelectorAll("table")].filter(table => {
    const title = table.tHead.rows[0].cells[0], rows = () => [...table.tBodies[0].rows];
    const button = title.querySelector("button"), names = () => rows().map(r => r.cells[0].textContent);
    if (!button || table.closest("details:not([open])")) return !button;
    if (!title.checkVisibility()) return false;
    button.focus();
    if (document.activeElement !== button || getComputedStyle(button).outlineStyle === "none"
        && button.matches(":focus-visible")) return true;
    button.click();
    const down = names(), first = title.ariaSort ?? title.getAttribute("aria-sort");
    button.click();
    const up = names(), second = title.getAttribute("aria-sort");
    return first !== "descending" || second !== "ascending"
        || down.length > 1 && new Set(down).size > 1 && up.join() === down.join();
});
parent.postMessage(
    "svg=" + document.querySelectorAll("svg text").length
    + " table=" + document.querySelectorAll("table td").length
    + " empty=" + empty.length
    + " over=" + Math.max(0, document.documentElement.scrollWidth - innerWidth)
    + " width=" + innerWidth
    + " tiny=" + tiny.length
    + " wordless=" + wordless.length
    + " unsorted=" + unsorted.length
    + " paper=" + getComputedStyle(document.body).backgroundColor.replaceAll(" ", ""),
    "*");
</script>'

for width in 1600 400; do
    for scheme in 1 0; do
        name=$([ $width = 1600 ] && echo wide || echo narrow)-$([ $scheme = 1 ] && echo light || echo dark)
        browse $width 5000 $scheme --screenshot="$folder/$name.png" "file://$report"
        [ -s "$folder/$name.png" ] || fail "no screenshot, $name"
        { cat "$report"; echo "$measure"; } >"$work/measured.html"
        cat >"$work/frame.html" <<PAGE
<!DOCTYPE html><meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"><body>
<script>onmessage = message => document.body.setAttribute("data-seen", message.data)</script>
<iframe src="measured.html" style="width:${width}px;height:5000px;border:0"></iframe>
PAGE
        browse 1700 5000 $scheme --virtual-time-budget=5000 --dump-dom "file://$work/frame.html" >"$work/dom"
        seen=$(grep -o 'data-seen="[^"]*"' "$work/dom") || fail "the page did not load, $name"
        echo "$name: $seen"
        case $seen in
            *svg=0*) fail "no chart" ;;
            *table=0*) fail "no table" ;;
        esac
        case $seen in *empty=0*) ;; *) fail "a chart or table has no size, $name" ;; esac
        case $seen in *tiny=0*) ;; *) fail "a text is below 12 pixels, $name" ;; esac
        case $seen in *wordless=0*) ;; *) fail "a chart or table has no words, $name" ;; esac
        case $seen in *unsorted=0*) ;; *) fail "a table does not sort, $name" ;; esac
        case $seen in *over=0*) ;; *) fail "the page is wider than the screen, $name" ;; esac
        case $seen in *width=$width*) ;; *) fail "the screen is not $width wide, $name" ;; esac
        echo "${seen##*paper=}" >"$work/paper-$scheme"
    done
    ! cmp -s "$work/paper-0" "$work/paper-1" || fail "dark looks like light"
done
echo "the report opens; look at $folder/{wide,narrow}-{light,dark}.png"
