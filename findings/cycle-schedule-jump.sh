#!/usr/bin/env bash
#
# CycleSchedule jumps back to its highest value at the end of some cycles.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (nd4j-api, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# new CycleSchedule(type, 1, n) rises from 0.1 to 1, falls to 0.1 again, and anneals over the last
# tenth of the cycle by powers of 0.1. Half a ramp is (n - annealing) / 2 steps, rounded down. Where
# n - annealing is odd one step is left over between ramp and annealing, and for it the power is
# negative: 0.1 * 0.1^-1 is the maximum, right where the smallest values should be. So it is for
# cycles of 10, 30, 50, 70 and 90 steps, not for 20, 40 or 100.
#
# Output seen:
#   cycle of  10, the last three steps before annealing and its first: 0.550, 0.325, 1.000, 0.100
#   cycle of  20, the last three steps before annealing and its first: 0.400, 0.300, 0.200, 0.100
#   cycle of  30, the last three steps before annealing and its first: 0.238, 0.169, 1.000, 0.100
#   cycle of  50, the last three steps before annealing and its first: 0.182, 0.141, 1.000, 0.100
#   cycle of 100, the last three steps before annealing and its first: 0.160, 0.140, 0.120, 0.100
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
    <dependency><groupId>org.nd4j</groupId><artifactId>nd4j-api</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import java.util.StringJoiner;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

public class Finding {
    public static void main(String[] args) {
        boolean asFound = true;
        for (int length : new int[] {10, 20, 30, 50, 100}) {
            CycleSchedule schedule = new CycleSchedule(ScheduleType.ITERATION, 1.0, length);
            int annealing = length / 10;
            StringJoiner end = new StringJoiner(", ");
            double highest = 0;
            for (int i = length - annealing - 3; i < length - annealing + 1; i++) {
                end.add(String.format("%.3f", schedule.valueAt(i, 0)));
                highest = Math.max(highest, schedule.valueAt(i, 0));
            }
            System.out.printf("cycle of %3d, the last three steps before annealing and its first: %s%n", length, end);
            asFound &= highest > 0.99 == ((length - annealing) % 2 == 1);
        }
        System.exit(asFound ? 0 : 1);
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
