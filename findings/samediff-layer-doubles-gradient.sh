#!/usr/bin/env bash
#
# A SameDiff lambda layer doubles the gradient of everything below it.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# The layer multiplies its input by 1, so a network with it is the same function as one with an
# ActivationLayer of the identity. The loss is equal to the last bit; the gradient of the dense
# layer below is twice as large. Backward, the error signal from above goes into the layer's
# SameDiff graph as an external error, and comes out doubled. A second such layer above it doubles
# once more. With Adam one sees nothing; with plain SGD the layers below learn at another rate than
# those above, and gradient checks fail.
#
# Output seen:
#   0 lambda layers: score 3.686400, largest gradient below them 3.072
#   1 lambda layers: score 3.686400, largest gradient below them 6.144
#   2 lambda layers: score 3.686400, largest gradient below them 12.288
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
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

public class Finding {
    public static class TimesOne extends SameDiffLambdaLayer {
        @Override
        public SDVariable defineLayer(SameDiff sameDiff, SDVariable input) {
            return input.mul(1.0);
        }

        @Override
        public InputType getOutputType(int index, InputType input) {
            return input;
        }
    }

    public static void main(String[] args) {
        double plain = gradient(0);
        boolean asFound = Math.abs(gradient(1) / plain - 2) < 1e-9 && Math.abs(gradient(2) / plain - 4) < 1e-9;
        System.exit(asFound ? 0 : 1);
    }

    static double gradient(int lambdas) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(1).dataType(DataType.DOUBLE).updater(new Sgd(1)).graphBuilder().addInputs("x")
                .addLayer("below", new DenseLayer.Builder().nIn(3).nOut(3).activation(Activation.IDENTITY).build(), "x");
        String last = "below";
        for (int i = 0; i < lambdas; i++) {
            graph.addLayer("lambda" + i, new TimesOne(), last);
            last = "lambda" + i;
        }
        graph.addLayer("out", new OutputLayer.Builder(LossFunction.MSE).nIn(3).nOut(1).activation(Activation.IDENTITY).build(), last);
        ComputationGraph net = new ComputationGraph(graph.setOutputs("out").build());
        net.init();
        net.setParams(Nd4j.linspace(DataType.DOUBLE, -1, 0.1, net.numParams()).reshape(1, net.numParams()));
        net.setInputs(Nd4j.ones(DataType.DOUBLE, 2, 3));
        net.setLabels(Nd4j.ones(DataType.DOUBLE, 2, 1));
        net.computeGradientAndScore();
        double largest = net.gradient().getGradientFor("below_W").amaxNumber().doubleValue();
        System.out.printf("%d lambda layers: score %.6f, largest gradient below them %.3f%n", lambdas, net.score(), largest);
        return largest;
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding | grep -v "^Added differentiated op"
