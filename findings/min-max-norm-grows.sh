#!/usr/bin/env bash
#
# MinMaxNormConstraint with a rate below 1 makes weights grow without end.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# The rate says how far weights go to a norm within the bounds: all the way with 1, half the way
# with 0.5. The factor for weights of norm n should be rate * clipped / n + (1 - rate).
# MinMaxNormConstraint has (1 - rate) * n for the last term, so at a rate of 0.5 it multiplies large
# weights by about half their norm. The learning rate is 0 here; nothing but the constraint moves
# the weights. It is applied twice in a step.
#
# Output seen:
#   rate 1.0, norms at most 1: norm 5, then 1.000, then 1.000, then 1.000
#   rate 0.5, norms at most 1: norm 5, then 85.00, then 6.527e+06, then Infinity
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
    <dependency><groupId>org.deeplearning4j</groupId><artifactId>deeplearning4j-nn</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MinMaxNormConstraint;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

public class Finding {
    public static void main(String[] args) {
        boolean asFound = run(1.0) < 1.01;
        asFound &= run(0.5) > 1e6;
        System.exit(asFound ? 0 : 1);
    }

    static double run(double rate) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(1).updater(new Sgd(0)).list()
                .layer(new OutputLayer.Builder(LossFunction.MSE).nIn(2).nOut(1).activation(Activation.IDENTITY)
                        .constrainWeights(new MinMaxNormConstraint(0, 1, rate, 0)).build()).build());
        net.init();
        net.getParam("0_W").assign(Nd4j.create(new float[] {3, 4}, new long[] {2, 1}));
        System.out.printf("rate %.1f, norms at most 1: norm 5", rate);
        double norm = 0;
        for (int step = 0; step < 3; step++) {
            net.fit(new DataSet(Nd4j.ones(1, 2), Nd4j.ones(1, 1)));
            norm = net.getParam("0_W").norm2Number().doubleValue();
            System.out.printf(", then %.4g", norm);
        }
        System.out.println();
        return norm;
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
