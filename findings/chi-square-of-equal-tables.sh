#!/usr/bin/env bash
#
# Smile's chi-square test has p = 0 for tables without any difference.
#
# Versions: Smile 3.1.1 (smile-base) and Hipparchus 3.1, Linux x86-64, Java 17.
#
# The statistic is 0 and the p value should be 1; Smile's incomplete gamma function answers 0 at 0. The
# comparison of two samples besides takes both to be of the same size, which its documentation does not
# say, so the same shares in a larger sample differ with p = 6e-8. A table of two by two that is equal
# everywhere gets a statistic of 0.1 by the correction for continuity, which goes past 0.
#
# Output seen:
#   table 20 30 50, 200 300 500: statistic 0.000, p 0.000, Hipparchus 1.000
#   counts 20 30 50 for shares 0.2 0.3 0.5: statistic 0.000, p 0.000, Hipparchus 1.000
#   samples 20 30 50, 20 30 50: statistic 0.000, p 0.000, Hipparchus 1.000
#   samples 20 30 50, 40 60 100: statistic 33.333, p 5.778e-08, Hipparchus 1.000
#   table 10 10, 10 10: statistic 0.100, p 0.7518, Hipparchus 1.000
#   table 20 30 50, 20 30 51: statistic 0.005, p 0.9975, Hipparchus 0.9975
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
    <dependency>
      <groupId>com.github.haifengl</groupId><artifactId>smile-base</artifactId><version>3.1.1</version>
      <exclusions><exclusion><groupId>org.bytedeco</groupId><artifactId>*</artifactId></exclusion></exclusions>
    </dependency>
    <dependency><groupId>org.hipparchus</groupId><artifactId>hipparchus-stat</artifactId><version>3.1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.12</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import org.hipparchus.stat.inference.ChiSquareTest;
import smile.stat.hypothesis.ChiSqTest;

public class Finding {
    public static void main(String[] args) {
        ChiSquareTest other = new ChiSquareTest();
        long[] first = {20, 30, 50};
        double zero = show("table 20 30 50, 200 300 500", ChiSqTest.test(new int[][] {{20, 30, 50}, {200, 300, 500}}),
                other.chiSquareTest(new long[][] {first, {200, 300, 500}}));
        zero += show("counts 20 30 50 for shares 0.2 0.3 0.5", ChiSqTest.test(new int[] {20, 30, 50}, new double[] {.2, .3, .5}),
                other.chiSquareTest(new double[] {20, 30, 50}, first));
        zero += show("samples 20 30 50, 20 30 50", ChiSqTest.test(new int[] {20, 30, 50}, new int[] {20, 30, 50}),
                other.chiSquareTestDataSetsComparison(first, first));
        double larger = show("samples 20 30 50, 40 60 100", ChiSqTest.test(new int[] {20, 30, 50}, new int[] {40, 60, 100}),
                other.chiSquareTestDataSetsComparison(first, new long[] {40, 60, 100}));
        double square = show("table 10 10, 10 10", ChiSqTest.test(new int[][] {{10, 10}, {10, 10}}),
                other.chiSquareTest(new long[][] {{10, 10}, {10, 10}}));
        double right = show("table 20 30 50, 20 30 51", ChiSqTest.test(new int[][] {{20, 30, 50}, {20, 30, 51}}),
                other.chiSquareTest(new long[][] {first, {20, 30, 51}}));
        System.exit(zero == 0 && larger < 1e-6 && Math.abs(square - .7518) < 1e-3 && Math.abs(right - .9975) < 1e-3 ? 0 : 1);
    }

    static double show(String name, ChiSqTest test, double other) {
        System.out.printf("%s: statistic %.3f, p %.4g, Hipparchus %.4g%n", name, test.chisq, test.pvalue, other);
        return test.pvalue;
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
