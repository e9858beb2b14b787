#!/usr/bin/env bash
#
# Nd4j.getRandom().setSeed(0) does not repeat its numbers.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (nd4j-api, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# Every other seed that was tried gives the same numbers each time it is set. After setSeed(0) the
# first number is another one than after the setSeed(0) before, as if 0 meant to choose a seed.
# Experiments that number their seeds from 0 cannot be repeated for the first.
#
# Output seen:
#   seed -1: the same number each time
#   seed  0: not the same number each time
#   seed  1: the same number each time
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
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
    public static void main(String[] args) {
        boolean asFound = repeats(-1);
        asFound &= !repeats(0);
        asFound &= repeats(1);
        System.exit(asFound ? 0 : 1);
    }

    static boolean repeats(long seed) {
        boolean repeats = true;
        double first = draw(seed);
        for (int i = 0; i < 20; i++) {
            repeats &= draw(seed) == first;
        }
        System.out.printf("seed %2d: %s number each time%n", seed, repeats ? "the same" : "not the same");
        return repeats;
    }

    static double draw(long seed) {
        Nd4j.getRandom().setSeed(seed);
        return Nd4j.rand(DataType.DOUBLE, 1).getDouble(0);
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
