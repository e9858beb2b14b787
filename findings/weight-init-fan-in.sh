#!/usr/bin/env bash
#
# Three layers take another number for the inputs of a unit when they draw their weights.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# WeightInit.LECUN_NORMAL draws weights of variance 1/n for units of n inputs, so that the weighted
# sum of n independent inputs of variance 1 has variance 1. RELU, XAVIER_FAN_IN and XAVIER use the
# same count. Convolution1D counts its kernel twice, DepthwiseConvolution2D counts all channels
# though each of its units sees one, and LSTM takes its number of units for its number of inputs. A
# stack of five one-dimensional convolutions with a kernel of 9 starts with signals 243 times too
# small; a small LSTM on many inputs starts with its gates saturated.
#
# Output seen:
#   DenseLayer                   900 inputs a unit, standard deviation of their sum 1.00
#   ConvolutionLayer 3x3         900 inputs a unit, standard deviation of their sum 1.00
#   Convolution1DLayer, kernel 9 900 inputs a unit, standard deviation of their sum 0.33
#   DepthwiseConvolution2D 3x3     9 inputs a unit, standard deviation of their sum 0.10
#   SimpleRnn of 10 units        900 inputs a unit, standard deviation of their sum 1.01
#   LSTM of 10 units             900 inputs a unit, standard deviation of their sum 9.47
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
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;

public class Finding {
    public static void main(String[] args) {
        boolean asFound = near(1, spread("DenseLayer", 900, InputType.feedForward(900), new DenseLayer.Builder().nOut(100).build()));
        asFound &= near(1, spread("ConvolutionLayer 3x3", 900, InputType.convolutional(5, 5, 100), new ConvolutionLayer.Builder(3, 3).nOut(100).build()));
        asFound &= near(1. / 3, spread("Convolution1DLayer, kernel 9", 900, InputType.recurrent(100, 20), new Convolution1DLayer.Builder(9).nOut(100).build()));
        asFound &= near(1. / 10, spread("DepthwiseConvolution2D 3x3", 9, InputType.convolutional(5, 5, 100),
                new DepthwiseConvolution2D.Builder(3, 3).depthMultiplier(2).build()));
        asFound &= near(1, spread("SimpleRnn of 10 units", 900, InputType.recurrent(900), new SimpleRnn.Builder().nOut(10).build()));
        asFound &= near(Math.sqrt(90), spread("LSTM of 10 units", 900, InputType.recurrent(900), new LSTM.Builder().nOut(10).build()));
        System.exit(asFound ? 0 : 1);
    }

    static double spread(String name, int inputs, InputType type, Layer layer) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(1).weightInit(WeightInit.LECUN_NORMAL)
                .list().layer(layer).setInputType(type).build());
        net.init();
        double spread = Math.sqrt(inputs) * net.getParam("0_W").stdNumber().doubleValue();
        System.out.printf("%-28s %3d inputs a unit, standard deviation of their sum %.2f%n", name, inputs, spread);
        return spread;
    }

    static boolean near(double expected, double found) {
        return Math.abs(found / expected - 1) < 0.1;
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
