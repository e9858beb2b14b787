#!/usr/bin/env bash
#
# RegressionEvaluation answers R2 above 1 and correlations above 1 for labels far from 0.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (nd4j-api, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# Labels are a standard normal number plus an offset, such as a temperature in kelvin or a year;
# predictions are as good at every offset. R2 and the correlation do not depend on an offset.
# RegressionEvaluation keeps sums of squares in the data type of the labels, float by default, and
# subtracts them: an offset of 1,000, three digits of float's seven, is enough for an R2 of 1.22,
# and the correlation is no number or above 1. The mean squared error, which is summed over
# differences, stays right.
#
# Output seen:
#   offset      0: R2 0.882, correlation 0.944, mean squared error 0.1205
#   offset    100: R2 0.881, correlation 0.933, mean squared error 0.1205
#   offset   1000: R2 1.223, correlation NaN, mean squared error 0.1204
#   offset 100000: R2 1.000, correlation 1.133, mean squared error 0.1205
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
import java.util.Random;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
    static final int EXAMPLES = 1000;

    public static void main(String[] args) {
        boolean asFound = false;
        for (int offset : new int[] {0, 100, 1000, 100_000}) {
            Random random = new Random(1);
            INDArray labels = Nd4j.create(DataType.FLOAT, EXAMPLES, 1);
            INDArray predictions = Nd4j.create(DataType.FLOAT, EXAMPLES, 1);
            for (int i = 0; i < EXAMPLES; i++) {
                double label = random.nextGaussian();
                labels.putScalar(i, 0, offset + label);
                predictions.putScalar(i, 0, offset + 0.8 * label + 0.3 * random.nextGaussian());
            }
            RegressionEvaluation evaluation = new RegressionEvaluation(1);
            evaluation.eval(labels, predictions);
            System.out.printf("offset %6d: R2 %.3f, correlation %.3f, mean squared error %.4f%n", offset,
                    evaluation.rSquared(0), evaluation.pearsonCorrelation(0), evaluation.meanSquaredError(0));
            asFound |= evaluation.rSquared(0) > 1.1;
        }
        System.exit(asFound ? 0 : 1);
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
