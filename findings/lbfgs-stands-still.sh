#!/usr/bin/env bash
#
# OptimizationAlgorithm.LBFGS stops moving after a few steps, far from the minimum.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# A small network, one batch, no noise: the loss is smooth, and gradient descent goes on lowering it.
# L-BFGS should do better. It makes a few good steps; from then on its line search finds none, the
# parameters do not change by a bit, and fit() counts iterations and says nothing.
#
# Output seen:
#   gradient descent: loss 1.2123 -> 0.0932, last step that moves: 200 of 200
#   L-BFGS:           loss 1.2123 -> 0.4799, last step that moves: 2 of 200
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
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

public class Finding {
    static final int STEPS = 200;

    public static void main(String[] args) {
        double[] descent = train(OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT);
        double[] lbfgs = train(OptimizationAlgorithm.LBFGS);
        System.out.printf("gradient descent: loss %.4f -> %.4f, last step that moves: %.0f of %d%n",
                descent[0], descent[1], descent[2], STEPS);
        System.out.printf("L-BFGS:           loss %.4f -> %.4f, last step that moves: %.0f of %d%n",
                lbfgs[0], lbfgs[1], lbfgs[2], STEPS);
        boolean stuck = lbfgs[2] < STEPS / 2 && lbfgs[1] > descent[1];
        System.exit(stuck && descent[2] == STEPS ? 0 : 1);
    }

    static double[] train(OptimizationAlgorithm algorithm) {
        ComputationGraph net = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(1).dataType(DataType.DOUBLE).updater(new Sgd(0.5)).optimizationAlgo(algorithm)
                .graphBuilder().addInputs("x")
                .addLayer("hidden", new DenseLayer.Builder().nIn(4).nOut(5).activation(Activation.TANH).build(), "x")
                .addLayer("out", new OutputLayer.Builder(LossFunction.MCXENT).nIn(5).nOut(3)
                        .activation(Activation.SOFTMAX).build(), "hidden")
                .setOutputs("out").build());
        net.init();
        Nd4j.getRandom().setSeed(2);
        INDArray features = Nd4j.randn(DataType.DOUBLE, 30, 4);
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, 30, 3);
        for (int i = 0; i < 30; i++) {
            int truth = i % 3;
            labels.putScalar(i, truth, 1);
            features.putScalar(i, truth, features.getDouble(i, truth) + 2);
        }
        MultiDataSet batch = new MultiDataSet(features, labels);
        double before = net.score(batch);
        int lastMove = 0;
        for (int step = 1; step <= STEPS; step++) {
            INDArray old = net.params().dup();
            net.fit(batch);
            if (net.params().sub(old).amaxNumber().doubleValue() > 0) {
                lastMove = step;
            }
        }
        return new double[] {before, net.score(batch), lastMove};
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
