#!/usr/bin/env bash
# A Spark cluster of separate processes on the loopback interface: a master, four workers, a driver. What it holds up to:
#   bits       averaging, two executors, one killed with -9: the same parameters to the last bit as undisturbed
#   averaging  four executors of two threads, uneven partitions, noise of its own on each worker, KILLS executors killed
#              at random moments of one training: the same parameters to rounding
#   sharing    gradient sharing, four executors of two workers, uneven partitions, an executor killed at a random moment:
#              the driver ends by itself, is started again, and goes on from the last saved epoch, until the next kill
#   frozen     gradient sharing with an executor that stands still: the driver ends within its limit, and goes on
#   driver     the driver killed with -9: started again it goes on, by averaging and by gradient sharing
#   spark/cluster.sh [PART...]                  default: all
#   KILLS=2 SEED=3 EPOCHS=6 spark/cluster.sh    default: 10 kills, seed 1, 6 epochs
# First: mvn -B -Pspark -pl spark/example -am compile. Everything it writes is in WORK, spark/target/cluster.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
classes=$root/spark/example/target/classes:$root/spark/target/classes:$root/src/target/classes
list=$root/spark/example/target/classpath.txt
work=${WORK:-$root/spark/target/cluster}
epochs=${EPOCHS:-6}
kills=${KILLS:-10}
seed=${SEED:-1}
limit=${LIMIT:-40} # seconds without progress that end a training
farewell=${FAREWELL:-30}        # for what comes after: taking the job back, closing the context
small="-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
parts=${*:-bits averaging sharing frozen driver}
[ -s "$list" ] || { echo "$list must be there, run: mvn -B -Pspark -pl spark/example -am compile" >&2; exit 1; }
class_path=$classes:$(cat "$list")

rm -rf "$work"
mkdir -p "$work/home/jars"
# A worker starts executors with the jars of a Spark home: here the ones of the local repository.
tr ':' '\n' <"$list" | grep '\.jar$' | while read -r jar; do ln -s "$jar" "$work/home/jars/"; done

export SPARK_HOME=$work/home SPARK_LOCAL_IP=127.0.0.1 SPARK_SCALA_VERSION=2.12 OMP_NUM_THREADS=1 DL4J_VOID_IP=127.0.0.1
processes=()
driver=
moment=0
stop() { for pid in "${processes[@]}" $driver; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; }
trap stop EXIT
failed() { echo "FAILED: $*, see $work" >&2; exit 1; }

launch() { # LOG CLASS ARGS...
    local log=$1
    shift
    # shellcheck disable=SC2086
    java @spark/java.options $small -Dorg.slf4j.simpleLogger.log.org.apache.spark.deploy=info -Xmx256m -cp "$class_path" "$@" \
        >"$work/$log.log" 2>&1 &
    processes+=($!)
}
wait_for() { # LOG PATTERN
    for _ in $(seq 1200); do
        grep -q "$2" "$work/$1.log" 2>/dev/null && return
        sleep 0.25
    done
    failed "no \"$2\" in $1.log after 300 s"
}

launch master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 0 --webui-port 0
wait_for master "Starting Spark master at spark://"
url=$(grep -o 'spark://127.0.0.1:[0-9]*' "$work/master.log" | head -1)
for number in 1 2 3 4; do # a port of its own for each, which an executor that takes another one's place has too
    OGM4J_UDP_PORT=$((40500 + number)) launch "worker$number" org.apache.spark.deploy.worker.Worker \
        --host 127.0.0.1 --webui-port 0 --cores 2 --memory 1g --work-dir "$work/worker$number" "$url"
done
for number in 1 2 3 4; do wait_for "worker$number" "Successfully registered with master"; done
echo "master $url and four workers run"

start() { # LOG EXECUTORS CORES ARGS...: the driver, in client mode
    local log=$1 executors=$2 cores=$3
    shift 3
    # shellcheck disable=SC2086
    OGM4J_UDP_PORT=40500 java @spark/java.options $small -Xmx768m -Dspark.executor.extraClassPath="$classes" \
        -Dspark.executor.cores="$cores" -Dspark.executor.memory=700m -Dspark.cores.max=$((executors * cores)) \
        -Dspark.executor.extraJavaOptions="$small -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Daeron.publication.unblock.timeout=45000000000" \
        -Dspark.scheduler.minRegisteredResourcesRatio=1.0 -Dspark.scheduler.maxRegisteredResourcesWaitingTime=300s -cp "$class_path" \
        org.ogm4j.examples.spark.SparkExample --master "$url" --epochs "$epochs" "$@" >"$work/$log.log" 2>&1 &
    driver=$!
}
finish() { # LOG SECONDS: the driver's exit code is in $code
    local left=$(($2 * 4))
    while kill -0 "$driver" 2>/dev/null; do
        [ $((left--)) -gt 0 ] || failed "$1 still runs after $2 s"
        sleep 0.25
    done
    code=0
    wait "$driver" || code=$?
    driver=
}
submit() { start "$@"; finish "$1" 600; [ "$code" = 0 ] || failed "$1 ended with $code"; }
results() { grep -E '^(AVERAGING|SHARING|ONE)' "$work/$1.log" | grep -v -E ' epoch [0-9]* of|begins' || true; }
seconds() { sed -n 's/^\(AVERAGING\|SHARING\) \([0-9.]*\) s$/\2/p' "$work/$1.log"; }
executors() { for pid in "${processes[@]:1}"; do pgrep -P "$pid" java || true; done; }

draw() { # SECONDS: a random part of a training that lasts so long, in $moment. Not in a subshell, which has other numbers
    local thousandths=$((RANDOM % 850))
    moment=$(awk "BEGIN { printf \"%.2f\", $1 * $thousandths / 1000 }")
}
strike() { # LOG SIGNAL: sends a signal to a random executor
    local victims victim random=$RANDOM
    mapfile -t victims < <(executors)
    [ ${#victims[@]} -gt 0 ] || { echo "$1: too late, there is no executor any more"; return; }
    victim=${victims[random % ${#victims[@]}]}
    kill "$2" "$victim"
    echo "$1: kill $2 executor $victim, one of ${#victims[@]}, $moment s after the start, $(grep -c ' epoch [0-9]* of' "$work/$1.log" || true) epochs done"
}

bits() {
    local updater
    for updater in "" --adam; do
        # shellcheck disable=SC2086
        submit "undisturbed$updater" 2 1 --distribution AVERAGING $updater
        results "undisturbed$updater"
        # shellcheck disable=SC2086
        start "killed$updater" 2 1 --distribution AVERAGING $updater
        wait_for "killed$updater" "epoch 2 of"
        kill -9 "$(executors | head -1)"
        finish "killed$updater" 600
        [ "$code" = 0 ] || failed "killed$updater ended with $code"
        grep -q "Lost executor" "$work/killed$updater.log" || failed "Spark did not notice a lost executor"
        [ "$(checksum "undisturbed$updater")" = "$(checksum "killed$updater")" ] ||
            failed "undisturbed $(checksum "undisturbed$updater"), with a killed executor $(checksum "killed$updater")"
        echo "the same $(checksum "killed$updater") with and without a killed executor"
    done
}
checksum() { grep -o 'AVERAGING accuracy.*' "$work/$1.log" | grep -o 'parameters [0-9a-f]*' || failed "$1 has no parameters"; }

wide() { # LOG DISTRIBUTION ARGS...
    local log=$1 distribution=$2
    shift 2
    start "$log" 4 2 --distribution "$distribution" --workers 8 --threads 2 --uneven "$@"
}
difference() { # of two files of parameters: norm of the difference by the norm
    paste "$1" "$2" | awk 'NF != 2 { print "nan"; exit } { d += ($1 - $2) ^ 2; n += $1 ^ 2 } END { printf "%.1e", sqrt(d / n) }'
}
averaging() {
    local how=(AVERAGING --average-every 5 --adam --double) log apart lost
    wide averaging "${how[@]}" --parameters "$work/averaging.txt"
    finish averaging 1200
    [ "$code" = 0 ] || failed "averaging ended with $code"
    results averaging
    for log in averaging-again averaging-killed; do # undisturbed again: what rounding does by itself
        wide $log "${how[@]}" --parameters "$work/$log.txt"
        [ $log = averaging-again ] || strikes $log "$(seconds averaging)"
        finish $log 1200
        [ "$code" = 0 ] || failed "$log ended with $code"
        apart=$(difference "$work/averaging.txt" "$work/$log.txt")
        echo "$log: $(seconds $log) s, parameters differ by $apart of their norm"
        awk "BEGIN { exit !($apart < 1e-9) }" || failed "$log must differ by less than 1e-9"
    done
    lost=$(grep -c "Lost executor" "$work/averaging-killed.log" || true)
    echo "averaging-killed: Spark lost $lost executors; the others of $kills had not registered yet"
    [ "$lost" -gt 0 ] || failed "no executor was lost"
}
strikes() { # LOG SECONDS: all of them in one training that would last so long
    local number at begun moments=()
    for number in $(seq "$kills"); do
        draw "$2"
        moments[number]=$moment
    done
    wait_for "$1" "begins at epoch"
    begun=$(date +%s.%N)
    for at in $(printf '%s\n' "${moments[@]}" | sort -n); do
        sleep "$(awk "BEGIN { s = $at - ($(date +%s.%N) - $begun); print (s > 0 ? s : 0) }")"
        moment=$at
        strike "$1" -9
    done
}

accuracy() { sed -n "s/^$1 accuracy \([0-9.]*\),.*/\1/p" "$work/$2.log"; }
# As accurate as one big batch, and each step taken once since it began, modulated but for the last epoch.
trained() { # LOG DISTRIBUTION
    local from
    results "$1"
    from=$(sed -n "s/^$2 begins at epoch //p" "$work/$1.log")
    awk "BEGIN { d = $(accuracy "$2" "$1") - $(accuracy 'ONE BIG BATCH' "$1"); exit !(d > -0.02 && d < 0.02) }" ||
        failed "$1 is not as accurate as one big batch"
    [ "$2" = AVERAGING ] || sed -n "s/^SHARING executor.*: \([0-9]*\) steps, \([0-9]*\) modulated.*/\1 \2/p" "$work/$1.log" |
        awk "{ s += \$1; m += \$2 } END { exit !(s == 160 * ($epochs - $from) && m == (s ? s - 160 : 0)) }" || failed "$1 took other steps"
}
again() { # LOG DISTRIBUTION FILE: starts the program again, until it ends well
    local try
    for try in 1 2 3; do
        wide "$1-again$try" "$2" --file "$3" --limit "$limit"
        finish "$1-again$try" 600
        echo "$1, started again: $(sed -n 's/.* \(begins at epoch [0-9]*\).*/\1/p' "$work/$1-again$try.log"), ended with $code"
        if [ "$code" = 0 ]; then trained "$1-again$try" "$2"; return; fi
    done
    failed "$1 did not end well in three more starts"
}
sharing() {
    local number file=$work/sharing.zip half
    wide sharing SHARING --file "$work/undisturbed.zip" --limit "$limit"
    finish sharing 600
    [ "$code" = 0 ] || failed "sharing ended with $code"
    trained sharing SHARING
    half=$(awk "BEGIN { print $(seconds sharing) / 2 }")
    for number in $(seq "$kills"); do
        draw "$half"
        wide "sharing$number" SHARING --file "$file" --limit "$limit"
        wait_for "sharing$number" "begins at epoch"
        sleep "$moment"
        strike "sharing$number" -9
        stops "sharing$number" 0
        [ "$code" = 3 ] || { trained "sharing$number" SHARING; rm "$file"; }
    done
    again sharing SHARING "$file"
}
stops() { # LOG PATIENCE: the driver has to end by itself
    local before=$SECONDS
    finish "$1" $(($2 + farewell))
    echo "$1: ended with $code after $((SECONDS - before)) s: $(grep 'Training was stopped' "$work/$1.log" || echo finished)"
    [ "$code" = 3 ] || [ "$code" = 0 ] || failed "$1 must end with 3"
}
frozen() {
    wide frozen SHARING --file "$work/frozen.zip" --limit "$limit"
    wait_for frozen "epoch 2 of"
    strike frozen -STOP
    stops frozen "$limit"
    [ "$code" = 3 ] || failed "frozen must end with 3"
    again frozen SHARING "$work/frozen.zip"
}
driver() {
    local distribution
    for distribution in AVERAGING SHARING; do
        wide "driver-$distribution" $distribution --file "$work/$distribution.zip" --limit "$limit"
        wait_for "driver-$distribution" "epoch 3 of"
        sleep 0.$((RANDOM % 10))
        kill -9 "$driver"
        finish "driver-$distribution" 10
        again "driver-$distribution" $distribution "$work/$distribution.zip"
    done
}

RANDOM=$seed
echo "seed $seed, $kills kills, $epochs epochs: $parts"
for part in $parts; do
    echo "== $part"
    $part
done
echo PASSED
