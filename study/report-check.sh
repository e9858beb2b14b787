#!/bin/sh
# Opens a report in headless Chromium, wide and narrow, on a light and a dark screen.
#
#   study/report-check.sh REPORT.html [FOLDER]
#
# Fails if the console says anything, if a table or a chart is missing or has no size, if the page
# is wider than the screen, if a text is below 12 pixels, if a chart has no words or a table no
# caption, or if dark looks like light. Then it goes through the page with the Tab key, and fails if it
# does not come to every title of a table, if what has the focus is not outlined or not on the screen, or
# if Enter and Space on a title do not sort. Passes with a message where there is no browser. The four
# screenshots go into FOLDER (target/report-check by default); look at them. CHROMIUM names another
# browser.
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

# A copy that measures itself, in a frame of the width wanted, since
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
parent.postMessage(
    "svg=" + document.querySelectorAll("svg text").length
    + " table=" + document.querySelectorAll("table td").length
    + " empty=" + empty.length
    + " over=" + Math.max(0, document.documentElement.scrollWidth - innerWidth)
    + " width=" + innerWidth
    + " tiny=" + tiny.length
    + " wordless=" + wordless.length
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
        case $seen in *over=0*) ;; *) fail "the page is wider than the screen, $name" ;; esac
        case $seen in *width=$width*) ;; *) fail "the screen is not $width wide, $name" ;; esac
        echo "${seen##*paper=}" >"$work/paper-$scheme"
    done
    ! cmp -s "$work/paper-0" "$work/paper-1" || fail "dark looks like light"
done

# The keyboard, by real key events: the browser reads commands of the DevTools protocol from one pipe
# and writes answers into another, each ended by a zero byte. The copy says what it sees of them.
watch='<script>
const stops = new Set();
const what = e => `${e.tagName} ${e.textContent.slice(0, 30).replace(/\W+/g, " ")}`;
const titles = () => [...document.querySelectorAll("th button")].filter(e => e.checkVisibility());
function at() {
    const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
    if (e === document.body || stops.has(e)) return "end";
    stops.add(e);
    if (!e.matches(":focus-visible") || style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 1)
        return "bad: no outline round " + what(e);
    if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth)
        return "bad: off the screen is " + what(e);
    return e.matches("th button") ? "title" : e.matches("summary") ? "summary" : "other";
}
function sorted(direction) {
    const title = document.activeElement.closest("th"), table = title.closest("table");
    const cells = [...table.tBodies[0].rows].map(row => row.cells[title.cellIndex].textContent);
    const numbers = title.cellIndex > 0 && cells.every(c => c === "" || /^[-+]?\d/.test(c));
    const words = title.cellIndex === 0 || cells.every(c => !/\d/.test(c));
    const down = direction === "descending" ? 1 : -1;
    const wrong = cells.some((cell, i) => i > 0
        && (numbers && cells[i - 1] === "" && cell !== ""
            || numbers && down * (parseFloat(cells[i - 1]) - parseFloat(cell)) < 0
            || words && down * cells[i - 1].localeCompare(cell) < 0));
    const marked = table.querySelectorAll("th[aria-sort]");
    return marked.length !== 1 || title.getAttribute("aria-sort") !== direction || wrong
        ? `bad: not ${direction}: ${what(title)}` : "sorted";
}
const missed = () => `stops=${stops.size} titles=${titles().length} missed=${titles().filter(e => !stops.has(e)).length}`;
</script>'
{ cat "$report"; echo "$watch"; } >"$work/watched.html"
mkfifo "$work/commands" "$work/answers"
"$browser" --headless --no-sandbox --disable-gpu --no-first-run --user-data-dir="$work/keys" \
    --window-size=1280,900 --remote-debugging-pipe "file://$work/watched.html" \
    3<"$work/commands" 4>"$work/answers" 2>"$work/log" &
keys=$!
trap 'kill $keys 2>/dev/null || true; wait; rm -rf "$work"' EXIT
exec 5>"$work/commands"
dd bs=65536 <"$work/answers" >"$work/heard" 2>/dev/null &

sent=0
session=
# method parameters: sends a command
tell() {
    sent=$((sent + 1))
    printf '{"id":%d,"method":"%s","params":%s%s}\0' $sent "$1" "$2" "$session" >&5
}
# leaves the answer to the last command in $answer
hear() {
    tries=0
    until answer=$(tr '\0' '\n' <"$work/heard" | grep "^{\"id\":$sent,"); do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || fail "the browser does not answer"
        sleep 0.05
    done
}
# expression, whose value is a text: leaves it in $value
ask() {
    tell Runtime.evaluate "{\"expression\":\"$1\"}"
    hear
    value=$(echo "$answer" | sed -n 's/.*"type":"string","value":"\([^"]*\)".*/\1/p')
    case $value in
        bad:*) fail "the keyboard, ${value#bad: }" ;;
        "") fail "the page does not say $1: $answer" ;;
    esac
}
# key code number text: pressed, and the page has seen it
press() {
    key="\"key\":\"$1\",\"code\":\"$2\",\"windowsVirtualKeyCode\":$3"
    tell Input.dispatchKeyEvent "{\"type\":\"keyDown\",$key,\"text\":\"$4\"}"
    hear
    tell Input.dispatchKeyEvent "{\"type\":\"keyUp\",$key}"
    hear
}

target=
for attempt in 1 2 3 4 5 6 7 8 9 10; do
    tell Target.getTargets '{"filter":[{"type":"page"}]}'
    hear
    target=$(echo "$answer" | sed -n 's/.*"targetId":"\([^"]*\)".*/\1/p')
    [ -n "$target" ] && break
    sleep 0.5
done
[ -n "$target" ] || fail "the browser has no page: $answer"
tell Target.attachToTarget "{\"targetId\":\"$target\",\"flatten\":true}"
hear
session=",\"sessionId\":\"$(echo "$answer" | sed -n 's/.*"sessionId":"\([^"]*\)".*/\1/p')\""
tell Emulation.setFocusEmulationEnabled '{"enabled":true}'
value=
until [ "$value" = "complete function" ]; do ask '`${document.readyState} ${typeof missed}`'; done
while :; do
    press Tab Tab 9 ''
    ask 'at()'
    case $value in
        end) break ;;
        summary) press Enter Enter 13 '\r' ;;
        title)
            press Enter Enter 13 '\r'
            ask "sorted('descending')"
            press ' ' Space 32 ' '
            ask "sorted('ascending')"
            ;;
    esac
done
ask 'missed()'
echo "keyboard: $value"
case $value in *titles=0*) fail "no title of a table is a button" ;; *missed=0) ;; *) fail "the keyboard does not come to all titles" ;; esac
echo "the report opens; look at $folder/{wide,narrow}-{light,dark}.png"
