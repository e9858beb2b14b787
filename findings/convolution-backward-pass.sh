#!/usr/bin/env bash
#
# A convolution layer's backward pass computes the forward pass again, and a gradient nobody reads.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native with the classifier linux-x86_64-onednn), CPU backend, Linux x86-64, Java 17.
#
# A network of one convolution, identity activation, that reads images of one channel; one step of
# training. oneDNN itself says what it runs (DNNL_VERBOSE). ConvolutionLayer.backpropGradient calls
# preOutput4d for the derivative of the activation, so the convolution runs forward twice, although
# the derivative of the identity needs nothing. conv2d_bp, which does the rest, always computes the
# gradient of the input too, for a first layer as well, where ComputationGraph drops it. With one
# channel oneDNN does that on arrays of 16 channels, into which the gradient's own memory, not yet
# written to, is copied before. In a ResNet-18 stem (7 x 7 to 64 channels, batch of 4 images of one
# or three channels) the input's gradient took 142 and 155 ms of one core, that of the weights 11
# and 32 ms. CacheMode.DEVICE avoids the second forward pass. DL4J finds oneDNN only if a class
# Nd4jCpu, which has moved to another package, answers for it.
#
# Output seen:
#   convolutions forward: 2
#   gradients of the input: 1, of the weights: 1
#   copies of the [32, 1, 40, 41] input gradient's memory into blocks of channels: 1
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
    <dependency>
      <groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId><version>1.0.0-M2.1</version>
      <exclusions><exclusion><groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId></exclusion></exclusions>
    </dependency>
    <dependency>
      <groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId><version>1.0.0-M2.1</version><classifier>linux-x86_64-onednn</classifier>
      <exclusions><exclusion><groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId></exclusion></exclusions>
    </dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

mkdir -p org/nd4j/nativeblas
cat > org/nd4j/nativeblas/Nd4jCpu.java <<'JAVA'
package org.nd4j.nativeblas;

public class Nd4jCpu {
    public static class Environment {
        public static Environment getInstance() {
            return new Environment();
        }

        public boolean isUseMKLDNN() {
            return true;
        }
    }
}
JAVA

cat > Finding.java <<'JAVA'
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

public class Finding {
    public static void main(String[] args) {
        ComputationGraph net = new ComputationGraph(new NeuralNetConfiguration.Builder().seed(1).graphBuilder().addInputs("x")
                .setInputTypes(InputType.convolutional(40, 41, 1))
                .addLayer("convolution", new ConvolutionLayer.Builder(5, 5).stride(4, 4).nOut(12).hasBias(false)
                        .convolutionMode(ConvolutionMode.Same).activation(Activation.IDENTITY).build(), "x")
                .addLayer("mean", new GlobalPoolingLayer.Builder().build(), "convolution")
                .addLayer("out", new OutputLayer.Builder(LossFunction.MSE).nOut(1).activation(Activation.IDENTITY).build(), "mean")
                .setOutputs("out").build());
        net.init();
        if (net.getLayer("convolution").getHelper() == null) {
            throw new IllegalStateException("no oneDNN");
        }
        net.fit(new MultiDataSet(new INDArray[] {Nd4j.rand(32, 1, 40, 41)}, new INDArray[] {Nd4j.rand(32, 1)}));
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java org/nd4j/nativeblas/Nd4jCpu.java
DNNL_VERBOSE=1 java -Dorg.eclipse.deeplearning4j.helpers.disable=false -cp ".:$(cat classpath)" Finding > log
count() { grep -c "$1" log || true; }
forward=$(count 'exec,cpu,convolution,.*,forward')
data=$(count 'exec,cpu,convolution,.*,backward_data,')
weights=$(count 'exec,cpu,convolution,.*,backward_weights,')
copies=$(count 'exec,cpu,reorder,.*src_f32::blocked:abcd:f0 dst_f32:p:blocked:aBcd[0-9]*b:f0,.*,32x1x40x41,')
echo "convolutions forward: $forward"
echo "gradients of the input: $data, of the weights: $weights"
echo "copies of the [32, 1, 40, 41] input gradient's memory into blocks of channels: $copies"
[ "$forward $data $weights $copies" = "2 1 1 1" ]
