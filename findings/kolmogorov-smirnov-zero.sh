#!/usr/bin/env bash
#
# The p value of Commons Math's Kolmogorov-Smirnov test is 0 for two samples of three numbers.
#
# Versions: Commons Math 3.6.1, Commons Statistics 1.1, Linux x86-64, Java 17.
#
# A p value is the chance of a distance as large as the one seen, or larger. kolmogorovSmirnovTest with
# two samples gives the chance of a larger one only, if nothing is said: for small samples it is far
# too small. Three numbers against three larger ones get 0, where 0.1 is right, so two groups that do
# not overlap are significant, however few numbers they have. The form with false as its third argument
# is right, and so is Commons Statistics.
#
# Output seen:
#   1, 2, 3 against 4, 5, 6: p 0.000, with false 0.100, Commons Statistics 0.100
#   1 to 5 against the same and 2.5 more: p 0.079, with false 0.357, Commons Statistics 0.357
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
    <dependency><groupId>org.apache.commons</groupId><artifactId>commons-math3</artifactId><version>3.6.1</version></dependency>
    <dependency><groupId>org.apache.commons</groupId><artifactId>commons-statistics-inference</artifactId><version>1.1</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

public class Finding {
    public static void main(String[] args) {
        double p = test("1, 2, 3 against 4, 5, 6", new double[] {1, 2, 3}, new double[] {4, 5, 6});
        double q = test("1 to 5 against the same and 2.5 more", new double[] {1, 2, 3, 4, 5}, new double[] {3.5, 4.5, 5.5, 6.5, 7.5});
        System.exit(p == 0 && q < 0.08 ? 0 : 1);
    }

    static double test(String name, double[] first, double[] second) {
        KolmogorovSmirnovTest math = new KolmogorovSmirnovTest();
        double p = math.kolmogorovSmirnovTest(first, second);
        System.out.printf("%s: p %.3f, with false %.3f, Commons Statistics %.3f%n", name, p,
                math.kolmogorovSmirnovTest(first, second, false),
                org.apache.commons.statistics.inference.KolmogorovSmirnovTest.withDefaults().test(first, second).getPValue());
        return p;
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
