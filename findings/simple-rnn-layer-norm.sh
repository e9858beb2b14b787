#!/usr/bin/env bash
#
# SimpleRnn with layer normalization never runs.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# hasLayerNorm(true) is an option of SimpleRnn as of DenseLayer; it gives the layer gains, one set
# for the input's part and one for the state's, kept in one row. The network is built, but output
# and fit fail when they cut the row in two, in a layer of one unit too. A dense layer with the
# option works.
#
# Output seen:
#   DenseLayer: runs
#   SimpleRnn without: runs
#   SimpleRnn: Indices are out of range: Cannot get interval index Interval(b=0,e=3,s=1) on array with size(0)=1. Array shape: [1], indices: [Interval(b=0,e=3,s=1)]
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
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

public class Finding {
    public static void main(String[] args) {
        Layer dense = new OutputLayer.Builder(LossFunction.MSE).nOut(1).activation(Activation.IDENTITY).build();
        Layer steps = new RnnOutputLayer.Builder(LossFunction.MSE).nOut(1).activation(Activation.IDENTITY).build();
        boolean asFound = runs("DenseLayer", new DenseLayer.Builder().nOut(3).hasLayerNorm(true).build(), dense, InputType.feedForward(2), Nd4j.rand(4, 2));
        asFound &= runs("SimpleRnn without", new SimpleRnn.Builder().nOut(3).build(), steps, InputType.recurrent(2), Nd4j.rand(4, 2, 5));
        asFound &= !runs("SimpleRnn", new SimpleRnn.Builder().nOut(3).hasLayerNorm(true).build(), steps, InputType.recurrent(2), Nd4j.rand(4, 2, 5));
        System.exit(asFound ? 0 : 1);
    }

    static boolean runs(String name, Layer layer, Layer output, InputType type, INDArray input) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().list().layer(layer).layer(output).setInputType(type).build());
        net.init();
        try {
            net.output(input);
        } catch (IllegalStateException e) {
            System.out.println(name + ": " + e.getMessage());
            return false;
        }
        System.out.println(name + ": runs");
        return true;
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
