#!/usr/bin/env bash
#
# Smile's variance of numbers far from 0 is below 0, or 0, and its standardizer then leaves them as they are.
#
# Versions: Smile 3.1.1 (smile-base, smile-core), Linux x86-64, Java 17.
#
# MathEx.var subtracts two large sums from each other, of squares in the type of the array: three pressures
# in pascal as floats have a variance of -216, whole numbers around 100,000 one of -13 thousand million, and
# seconds since 1970 with steps of milliseconds one of 0. Then sd and cor are 0 or NaN. Standardizer takes
# a column with a deviation of 0 for a constant one. MathEx.standardize, of the same library, is right.
#
# Output seen:
#   float 101325.1 101325.3 101325.5: variance -215.8, right 0.03969
#   int 100000 100001 100002: variance -1.288e+10, right 1.000
#   double 1e9 and the next two: variance 0.000, right 1.000, correlation with 1 2 3 NaN
#   seconds since 1970 standardized: first number -0.002, right -1.265
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
    <dependency>
      <groupId>com.github.haifengl</groupId><artifactId>smile-core</artifactId><version>3.1.1</version>
      <exclusions><exclusion><groupId>org.bytedeco</groupId><artifactId>*</artifactId></exclusion></exclusions>
    </dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.12</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import smile.data.DataFrame;
import smile.feature.transform.Standardizer;
import smile.math.MathEx;

public class Finding {
    public static void main(String[] args) {
        double floats = show("float 101325.1 101325.3 101325.5", MathEx.var(new float[] {101325.1f, 101325.3f, 101325.5f}),
                right(101325.1f, 101325.3f, 101325.5f));
        double ints = show("int 100000 100001 100002", MathEx.var(new int[] {100000, 100001, 100002}), right(100000, 100001, 100002));
        double[] large = {1e9, 1e9 + 1, 1e9 + 2};
        double cor = MathEx.cor(large, new double[] {1, 2, 3});
        System.out.printf("double 1e9 and the next two: variance %.4g, right %.4g, correlation with 1 2 3 %s%n",
                MathEx.var(large), right(large), cor);
        double[][] seconds = new double[5][];
        for (int i = 0; i < 5; i++) {
            seconds[i] = new double[] {1.7e9 + i * .001, i};
        }
        DataFrame frame = DataFrame.of(seconds);
        double first = Standardizer.fit(frame).apply(frame).column(0).getDouble(0);
        MathEx.standardize(seconds);
        System.out.printf("seconds since 1970 standardized: first number %.3f, right %.3f%n", first, seconds[0][0]);
        System.exit(floats < -100 && ints < -1e10 && MathEx.var(large) == 0 && Double.isNaN(cor)
                && Math.abs(first + .002) < 1e-4 && seconds[0][0] < -1.2 ? 0 : 1);
    }

    static double show(String name, double variance, double right) {
        System.out.printf("%s: variance %.4g, right %.4g%n", name, variance, right);
        return variance;
    }

    static double right(double... numbers) {
        double mean = 0;
        for (double x : numbers) {
            mean += x / numbers.length;
        }
        double sum = 0;
        for (double x : numbers) {
            sum += (x - mean) * (x - mean);
        }
        return sum / (numbers.length - 1);
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
