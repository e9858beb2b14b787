#!/usr/bin/env bash
#
# The two-sided binomial test of Commons Math gives probabilities above 1.
#
# Versions: Commons Math 3.6.1, Commons Statistics 1.1, Linux x86-64, Java 17.
#
# Where the number of successes is the most likely one, the test adds the chance of that number twice.
# A listener who is right in half of ten trials gets p = 1.246. A correction over many comparisons
# that takes 1 - p goes on with a negative number. Other numbers of successes are right.
#
# Output seen:
#   5 of 10 at 0.5: p 1.246, Commons Statistics 1.000
#   1 of 2 at 0.5: p 1.500, Commons Statistics 1.000
#   3 of 10 at 0.3: p 1.267, Commons Statistics 1.000
#   2 of 10 at 0.5: p 0.109, Commons Statistics 0.109
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
import org.apache.commons.math3.stat.inference.AlternativeHypothesis;
import org.apache.commons.math3.stat.inference.BinomialTest;

public class Finding {
    public static void main(String[] args) {
        boolean seen = test(5, 10, 0.5) > 1.2 & test(1, 2, 0.5) == 1.5 & test(3, 10, 0.3) > 1.2 & test(2, 10, 0.5) < 0.11;
        System.exit(seen ? 0 : 1);
    }

    static double test(int successes, int trials, double chance) {
        double p = new BinomialTest().binomialTest(trials, successes, chance, AlternativeHypothesis.TWO_SIDED);
        System.out.printf("%d of %d at %.1f: p %.3f, Commons Statistics %.3f%n", successes, trials, chance, p,
                org.apache.commons.statistics.inference.BinomialTest.withDefaults().test(trials, successes, chance).getPValue());
        return p;
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
