#!/usr/bin/env bash
# Installs ogm4j into a repository in target, not the user's, builds the quickstart against it, and runs it:
# on the Java in use, and on a Java 25 where there is one. JDK25=DIR says where, JDK25=none leaves it out.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
repository=$PWD/target/quickstart
rm -rf "$repository"
release/local-repository.sh "$repository"
maven=(mvn -B -q -Dstyle.color=never "-Dmaven.repo.local=$repository" -Dkotlin.compiler.daemon=false)
export OMP_NUM_THREADS=1

# better than before in all three answers, where one of six classes by chance is 0.17; Maven prints escapes of its own
better='/before$/ { before = 1 }
    /after$/ { before = 0 }
    / fused | alone / { if (before) was[$1] = $(NF - 1); else { n++; worse += $(NF - 1) < 0.4 || $(NF - 1) <= was[$1] } }
    END { exit worse || n != 3 }'

"${maven[@]}" install -pl src -am -DskipTests -Dmaven.test.skip=true
for java in "" ${JDK25:-$(ls -d /usr/lib/jvm/*-25-* 2>/dev/null | tail -1)}; do
    [ "$java" = none ] && continue
    [ -z "$java" ] || export JAVA_HOME=$java
    (cd "$here" && rm -rf target && "${maven[@]}" compile)
    for program in InJava InKotlin; do
        echo "--- quickstart.$program, ${java:-the Java in use}"
        (cd "$here" && "${maven[@]}" exec:java "-Dexec.mainClass=quickstart.$program") | tee "$repository/printed"
        awk "$better" "$repository/printed" || { echo "not better than before training" >&2; exit 1; }
    done
done
