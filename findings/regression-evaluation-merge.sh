#!/usr/bin/env bash
#
# RegressionEvaluation.merge gives a wrong R squared.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (nd4j-api, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# An evaluation in parts, as in Spark or with several threads, ends with merge. merge adds up eight
# sums and forgets the ninth, the sum of the labels that R squared needs: it stays that of the first
# part. All other metrics are right. Here the labels lie around 5, in double, so nothing is lost to
# rounding, and the prediction is their mean for all: R squared is 0 in one part, and nearly 1 where
# four parts are merged, or one into a new evaluation.
#
# Output seen:
#   in one part: R squared 0.000, mean squared error 0.9587
#   merged from four: R squared 0.975, mean squared error 0.9587
#   merged into a new one: R squared 0.981, mean squared error 0.9587
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
        Random random = new Random(1);
        INDArray labels = Nd4j.create(DataType.DOUBLE, EXAMPLES, 1);
        for (int i = 0; i < EXAMPLES; i++) {
            labels.putScalar(i, 0, 5 + random.nextGaussian());
        }
        INDArray predictions = Nd4j.valueArrayOf(new long[] {EXAMPLES, 1}, labels.meanNumber().doubleValue(), DataType.DOUBLE);

        RegressionEvaluation whole = new RegressionEvaluation(1);
        whole.eval(labels, predictions);
        RegressionEvaluation merged = new RegressionEvaluation(1);
        for (int from = 0; from < EXAMPLES; from += 250) {
            RegressionEvaluation part = new RegressionEvaluation(1);
            part.eval(rows(labels, from), rows(predictions, from));
            if (from == 0) {
                merged = part;
            } else {
                merged.merge(part);
            }
        }
        print("in one part", whole);
        print("merged from four", merged);

        RegressionEvaluation empty = new RegressionEvaluation(1);
        empty.merge(whole);
        print("merged into a new one", empty);
        System.exit(Math.abs(whole.rSquared(0)) < 1e-6 && merged.rSquared(0) > 0.9 && empty.rSquared(0) > 0.9 ? 0 : 1);
    }

    static INDArray rows(INDArray array, int from) {
        return array.get(org.nd4j.linalg.indexing.NDArrayIndex.interval(from, from + 250), org.nd4j.linalg.indexing.NDArrayIndex.all());
    }

    static void print(String name, RegressionEvaluation evaluation) {
        System.out.printf("%s: R squared %.3f, mean squared error %.4f%n", name, Math.abs(evaluation.rSquared(0)), evaluation.meanSquaredError(0));
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
