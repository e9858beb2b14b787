#!/usr/bin/env bash
# A Spark cluster of separate processes on the loopback interface: one master, two workers, a driver.
# 1. Trains undisturbed by parameter averaging. 2. Trains again and kills one executor with -9 in mid-run:
# the parameters must be the same to the last bit. 3. Trains by gradient sharing: as accurate as one big batch, give or take
# 0.02, and every worker ends its window in the same epoch.
# First: mvn -B -Pspark -pl spark -am compile. Everything it writes is in spark/target/cluster.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
classes=$root/spark/target/classes:$root/src/target/classes
list=$root/spark/target/classpath.txt
work=$root/spark/target/cluster
epochs=${EPOCHS:-10}
[ -s "$list" ] || { echo "spark/target/classpath.txt must be there, run: mvn -B -Pspark -pl spark -am compile" >&2; exit 1; }
class_path=$root/spark/target/classes:$(cat "$list")

rm -rf "$work"
mkdir -p "$work/home/jars"
# A worker starts executors with the jars of a Spark home: here the ones of the local repository.
tr ':' '\n' <"$list" | grep '\.jar$' | while read -r jar; do ln -s "$jar" "$work/home/jars/"; done

export SPARK_HOME=$work/home SPARK_LOCAL_IP=127.0.0.1 SPARK_SCALA_VERSION=2.12 OMP_NUM_THREADS=1 DL4J_VOID_IP=127.0.0.1
processes=()
stop() { for pid in "${processes[@]}"; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; }
trap stop EXIT

launch() { # LOG CLASS ARGS...
    local log=$1
    shift
    java @spark/java.options -Dorg.slf4j.simpleLogger.log.org.apache.spark.deploy=info -Xmx512m -cp "$class_path" "$@" \
        >"$work/$log.log" 2>&1 &
    processes+=($!)
}
wait_for() { # LOG PATTERN
    for _ in $(seq 600); do
        grep -q "$2" "$work/$1.log" 2>/dev/null && return
        sleep 0.5
    done
    echo "no \"$2\" in $work/$1.log after 300 s" >&2
    exit 1
}

launch master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 0 --webui-port 0
wait_for master "Starting Spark master at spark://"
url=$(grep -o 'spark://127.0.0.1:[0-9]*' "$work/master.log" | head -1)
for number in 1 2; do
    OGM4J_UDP_PORT=$((40500 + number)) launch "worker$number" org.apache.spark.deploy.worker.Worker \
        --host 127.0.0.1 --webui-port 0 --cores 1 --memory 1g --work-dir "$work/worker$number" "$url"
    wait_for "worker$number" "Successfully registered with master"
done
echo "master $url and two workers run"

submit() { # LOG DISTRIBUTION: the driver, in client mode
    OGM4J_UDP_PORT=40500 java @spark/java.options -Dspark.executor.extraClassPath="$classes" -Dspark.executor.cores=1 \
        -Dspark.executor.memory=768m -Dspark.cores.max=2 -Dspark.executor.extraJavaOptions="-Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Daeron.publication.unblock.timeout=45000000000" \
        -Dspark.scheduler.minRegisteredResourcesRatio=1.0 -cp "$class_path" \
        org.ogm4j.examples.spark.SparkExample --master "$url" --distribution "$2" --epochs "$epochs" >"$work/$1.log" 2>&1
}
parameters() { grep -o 'AVERAGING accuracy.*' "$work/$1.log" | grep -o 'parameters [0-9a-f]*'; }

submit undisturbed AVERAGING
grep -E '^(AVERAGING|ONE)' "$work/undisturbed.log" | grep -v ' epoch [0-9]* of'

submit killed AVERAGING &
driver=$!
wait_for killed "epoch 2 of"
executor=$(pgrep -P "${processes[1]}" java | head -1)
[ -n "$executor" ] || { echo "worker 1 has no executor to kill" >&2; exit 1; }
kill -9 "$executor"
echo "killed executor $executor of worker 1 after epoch 2 of $epochs"
wait "$driver"
grep -E '^AVERAGING' "$work/killed.log" | grep -v ' epoch [0-9]* of'
grep -q "Lost executor" "$work/killed.log" || { echo "Spark did not notice a lost executor" >&2; exit 1; }
if [ "$(parameters undisturbed)" != "$(parameters killed)" ] || [ -z "$(parameters killed)" ]; then
    echo "FAILED: undisturbed $(parameters undisturbed), with a killed executor $(parameters killed)" >&2
    exit 1
fi
echo "the same $(parameters killed) with and without a killed executor"

submit sharing SHARING
grep -E '^SHARING' "$work/sharing.log" | grep -v ' epoch [0-9]* of'
accuracy() { sed -n "s/^$1 accuracy \([0-9.]*\),.*/\1/p" "$work/sharing.log"; }
if ! awk "BEGIN { d = $(accuracy SHARING) - $(accuracy 'ONE BIG BATCH'); exit !(d > -0.02 && d < 0.02) }"; then
    echo "FAILED: gradient sharing is not as accurate as one big batch" >&2
    exit 1
fi
ended=$(grep -c "^SHARING executor [0-9]*: $((20 * epochs)) steps, $((20 * (epochs - 1))) modulated, iterations 0 to $((20 * epochs - 1))," \
    "$work/sharing.log" || true)
[ "$ended" = 2 ] || { echo "FAILED: $ended of 2 workers trained plainly in the last epoch alone" >&2; exit 1; }
echo PASSED
