#!/usr/bin/env bash
#
# Smile's Jaccard distance of arrays is 0 for different sets, and 0.5 for sets that share nothing.
#
# Versions: Smile 3.1.1 (smile-base), Linux x86-64, Java 17.
#
# The distance is the share of the elements of either set that are not in both. For two arrays
# JaccardDistance.d, the form that a nearest-neighbour search calls, is wrong; the static form for two
# sets is right. As a distance between the tags of two clips, a clip with half of the tags looks the
# same, and nothing is ever farther than 0.5 where both have as many tags.
#
# Output seen:
#   [1, 2] and [1]: arrays 0.00, sets 0.50
#   [1, 2] and [3, 4]: arrays 0.50, sets 1.00
#   [1, 2, 3] and [2, 3, 4]: arrays 0.25, sets 0.50
#   [1, 2, 3] and [1, 2, 3]: arrays 0.00, sets 0.00
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
    <dependency><groupId>com.github.haifengl</groupId><artifactId>smile-base</artifactId><version>3.1.1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.16</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import java.util.Arrays;
import java.util.Set;
import smile.math.distance.JaccardDistance;

public class Finding {
    public static void main(String[] args) {
        boolean seen = distance(new Integer[] {1, 2}, new Integer[] {1}) == 0
                & distance(new Integer[] {1, 2}, new Integer[] {3, 4}) == 0.5
                & distance(new Integer[] {1, 2, 3}, new Integer[] {2, 3, 4}) == 0.25
                & distance(new Integer[] {1, 2, 3}, new Integer[] {1, 2, 3}) == 0;
        System.exit(seen ? 0 : 1);
    }

    static double distance(Integer[] a, Integer[] b) {
        double arrays = new JaccardDistance<Integer>().d(a, b);
        double sets = JaccardDistance.d(Set.of(a), Set.of(b));
        System.out.printf("%s and %s: arrays %.2f, sets %.2f%n", Arrays.toString(a), Arrays.toString(b), arrays, sets);
        return arrays;
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
