#!/usr/bin/env bash
#
# LastTimeStep(LSTM) under a mask with padding in front: the features are right, the gradient is not.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# The forward pass of the wrapped LSTM reads the mask, so that padding in front of a sequence does not
# reach its last step. The backward pass does not. The gradient of the parameters then differs from
# the numerical one by much more than rounding. It is right without padding, with padding at the end,
# and for GravesLSTM and SimpleRnn in the same place.
#
# Output seen:
#   LSTM       padding none       relative error of the gradient 2.7e-11
#   GravesLSTM padding none       relative error of the gradient 1.2e-10
#   SimpleRnn  padding none       relative error of the gradient 1.9e-11
#   LSTM       padding at the end relative error of the gradient 3.2e-11
#   GravesLSTM padding at the end relative error of the gradient 2.4e-10
#   SimpleRnn  padding at the end relative error of the gradient 2.3e-11
#   LSTM       padding in front   relative error of the gradient 5.6e-03
#   GravesLSTM padding in front   relative error of the gradient 1.0e-10
#   SimpleRnn  padding in front   relative error of the gradient 2.0e-11
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
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

public class Finding {
    static final double STEP = 1e-5;

    public static void main(String[] args) {
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
        boolean asFound = true;
        for (String padding : List.of("none", "at the end", "in front")) {
            for (BaseRecurrentLayer layer : List.of(
                    new LSTM.Builder().nOut(3).build(),
                    new GravesLSTM.Builder().nOut(3).build(),
                    new SimpleRnn.Builder().nOut(3).build())) {
                double error = error(layer, padding);
                String kind = layer.getClass().getSimpleName();
                System.out.printf("%-10s padding %-10s relative error of the gradient %.1e%n", kind, padding, error);
                boolean wrong = kind.equals("LSTM") && padding.equals("in front");
                asFound &= wrong ? error > 1e-3 : error < 1e-6;
            }
        }
        System.exit(asFound ? 0 : 1);
    }

    static double error(BaseRecurrentLayer layer, String padding) {
        ComputationGraph net = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(1).dataType(DataType.DOUBLE).updater(new NoOp())
                .weightInit(new NormalDistribution(0, 1)).graphBuilder()
                .addInputs("x").setInputTypes(InputType.recurrent(2))
                .addLayer("last", new LastTimeStep(layer), "x")
                .addLayer("out", new OutputLayer.Builder(LossFunction.MSE).nOut(1)
                        .activation(Activation.IDENTITY).build(), "last")
                .setOutputs("out").build());
        net.init();
        int examples = 3;
        int steps = 4;
        Nd4j.getRandom().setSeed(2);
        INDArray features = Nd4j.randn(DataType.DOUBLE, examples, 2, steps);
        INDArray labels = Nd4j.randn(DataType.DOUBLE, examples, 1);
        INDArray mask = Nd4j.ones(DataType.DOUBLE, examples, steps);
        if (!padding.equals("none")) {
            mask.putScalar(0, padding.equals("in front") ? 0 : steps - 1, 0);
            mask.putScalar(1, padding.equals("in front") ? 0 : steps - 1, 0);
            mask.putScalar(1, padding.equals("in front") ? 1 : steps - 2, 0);
        }
        MultiDataSet batch = new MultiDataSet(new INDArray[] {features}, new INDArray[] {labels},
                new INDArray[] {mask}, null);
        net.setInputs(features);
        net.setLabels(labels);
        net.setLayerMaskArrays(new INDArray[] {mask}, null);
        net.computeGradientAndScore();
        INDArray gradient = net.gradient().gradient().div(examples);
        double squares = 0;
        for (long i = 0; i < net.numParams(); i++) {
            double value = net.params().getDouble(i);
            net.params().putScalar(i, value + STEP);
            double above = net.score(batch, true);
            net.params().putScalar(i, value - STEP);
            double below = net.score(batch, true);
            net.params().putScalar(i, value);
            squares += Math.pow((above - below) / (2 * STEP) - gradient.getDouble(i), 2);
        }
        return Math.sqrt(squares) / gradient.norm2Number().doubleValue();
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
