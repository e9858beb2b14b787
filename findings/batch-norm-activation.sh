#!/usr/bin/env bash
#
# The activation of a BatchNormalization layer is never applied.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# BatchNormalization.Builder takes an activation, and so does the layer from the network's builder; the
# configuration keeps it and writes it to JSON. The layer puts out what it normalised, without it, in
# training and in inference. A convolutional network with "convolution, batch norm with ReLU" has no
# nonlinearity, and says nothing. An ActivationLayer behind the batch norm is applied.
#
# Output seen:
#   activation in the configuration          relu
#   smallest output, batch norm with ReLU    -2.80 in training, -2.66 in inference
#   smallest output, ReLU as a layer behind  0.00
#   batch norm with ReLU is linear           true
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
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
    static final Activation RELU = Activation.RELU;

    public static void main(String[] args) {
        Nd4j.getRandom().setSeed(1);
        INDArray x = Nd4j.randn(64, 4);
        MultiLayerNetwork inNorm = network(true, false);
        MultiLayerNetwork behind = network(false, true);
        double training = smallest(inNorm, x, true);
        double inference = smallest(inNorm, x, false);
        double layer = smallest(behind, x, false);
        INDArray sum = out(inNorm, x).add(out(inNorm, x.neg()));
        INDArray twice = out(inNorm, x.mul(0)).mul(2);
        boolean linear = sum.equalsWithEps(twice, 1e-5);
        String kept = ((BatchNormalization) inNorm.getLayerWiseConfigurations().getConf(0).getLayer())
                .getActivationFn().toString();
        System.out.printf("activation in the configuration          %s%n", kept);
        System.out.printf("smallest output, batch norm with ReLU    %.2f in training, %.2f in inference%n", training, inference);
        System.out.printf("smallest output, ReLU as a layer behind  %.2f%n", layer);
        System.out.printf("batch norm with ReLU is linear           %b%n", linear);
        System.exit(kept.equals("relu") && training < 0 && inference < 0 && layer == 0 && linear ? 0 : 1);
    }

    static MultiLayerNetwork network(boolean inNorm, boolean behind) {
        var list = new NeuralNetConfiguration.Builder().seed(1).list();
        BatchNormalization.Builder norm = new BatchNormalization.Builder().nIn(4).nOut(4);
        list.layer(inNorm ? norm.activation(RELU).build() : norm.build());
        if (behind) {
            list.layer(new ActivationLayer(RELU));
        }
        MultiLayerNetwork net = new MultiLayerNetwork(
                list.layer(new OutputLayer.Builder().nIn(4).nOut(2).activation(Activation.SOFTMAX).build()).build());
        net.init();
        return net;
    }

    /** What stands in front of the output layer. */
    static double smallest(MultiLayerNetwork net, INDArray x, boolean training) {
        List<INDArray> all = net.feedForward(x.dup(), training);
        return all.get(all.size() - 2).minNumber().doubleValue();
    }

    static INDArray out(MultiLayerNetwork net, INDArray x) {
        return net.feedForward(x.dup(), false).get(1).dup();
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
