#!/usr/bin/env bash
#
# The stats storage keeps one report of each millisecond.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-ui-model, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# InMemoryStatsStorage files the updates of a session, type and worker under their time in
# milliseconds. Of two updates in the same millisecond the second takes the place of the first, and
# nothing is said. It shows where updates come quickly: a small network with a StatsListener for
# every iteration, with few statistics, kept 461 of 500. FileStatsStorage has the same key, but took
# some 20 ms for each update, so that no two met. A session, or a worker, that sent updates but no
# static info is not listed, and getAllUpdatesAfter finds its updates only if it is asked for the
# worker by name.
#
# Output seen:
#   100 updates at the time of the clock, fewer than 100 kept: true
#   2 updates with the same time, kept: 1, of iteration 2
#   sessions listed: 0; updates found for the worker: 1, for all workers: 0
#
# Run by hand; needs bash, Maven, a JDK of 17 or later, and Maven Central. Exits 0 while this is so,
# and 1 if the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.deeplearning4j</groupId><artifactId>deeplearning4j-ui-model</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import org.deeplearning4j.ui.model.stats.impl.SbeStatsReport;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;

public class Finding {
    public static void main(String[] args) {
        InMemoryStatsStorage storage = new InMemoryStatsStorage();
        put(storage, "warm", 0, 0); // loads classes
        for (int i = 0; i < 100; i++) {
            put(storage, "quick", i, System.currentTimeMillis());
        }
        int kept = storage.getNumUpdateRecordsFor("quick");
        System.out.printf("100 updates at the time of the clock, fewer than 100 kept: %b%n", kept < 100);

        put(storage, "two", 1, 5000);
        put(storage, "two", 2, 5000);
        int two = storage.getNumUpdateRecordsFor("two");
        SbeStatsReport left = (SbeStatsReport) storage.getLatestUpdate("two", "type", "worker");
        System.out.printf("2 updates with the same time, kept: %d, of iteration %d%n", two, left.getIterationCount());

        int listed = storage.listSessionIDs().size();
        int ofWorker = storage.getAllUpdatesAfter("two", "type", "worker", 0).size();
        int ofAll = storage.getAllUpdatesAfter("two", "type", 0).size();
        System.out.printf("sessions listed: %d; updates found for the worker: %d, for all workers: %d%n", listed, ofWorker, ofAll);
        System.exit(kept < 100 && two == 1 && listed == 0 && ofWorker == 1 && ofAll == 0 ? 0 : 1);
    }

    static void put(InMemoryStatsStorage storage, String session, int iteration, long time) {
        SbeStatsReport report = new SbeStatsReport();
        report.reportIDs(session, "type", "worker", time);
        report.reportIterationCount(iteration);
        storage.putUpdate(report);
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
