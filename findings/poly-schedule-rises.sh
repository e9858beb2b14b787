#!/usr/bin/env bash
#
# PolySchedule raises the learning rate where it should lower it.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (nd4j-api, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# The polynomial schedule lowers a value from its first to 0: value (1 - i/n)^power. PolySchedule
# adds where it should subtract, so with a power of 2 the learning rate goes up to nearly four times
# its first value. At i = n it falls to 0, and the network trains no more.
#
# Output seen:
#   iteration   0: 0.1000, 0.1 (1 - i/100)^2 = 0.1000
#   iteration  25: 0.1563, 0.1 (1 - i/100)^2 = 0.0563
#   iteration  50: 0.2250, 0.1 (1 - i/100)^2 = 0.0250
#   iteration  75: 0.3063, 0.1 (1 - i/100)^2 = 0.0063
#   iteration  99: 0.3960, 0.1 (1 - i/100)^2 = 0.0000
#   iteration 100: 0.0000, 0.1 (1 - i/100)^2 = 0.0000
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
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;

public class Finding {
    public static void main(String[] args) {
        PolySchedule schedule = new PolySchedule(ScheduleType.ITERATION, 0.1, 2, 100);
        for (int i : new int[] {0, 25, 50, 75, 99, 100}) {
            System.out.printf("iteration %3d: %.4f, 0.1 (1 - i/100)^2 = %.4f%n", i, schedule.valueAt(i, 0), 0.1 * Math.pow(1 - i / 100.0, 2));
        }
        System.exit(schedule.valueAt(99, 0) > 0.39 && schedule.valueAt(100, 0) == 0 ? 0 : 1);
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
