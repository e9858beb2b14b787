#!/usr/bin/env bash
#
# ParallelWrapper counts no epochs.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, deeplearning4j-parallel-wrapper, deeplearning4j-utility-iterators, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# fit of a network calls onEpochStart and onEpochEnd of its listeners, and counts the epoch. fit of
# a ParallelWrapper around the same network calls neither and leaves the epoch count of the network
# at 0, so a learning rate that follows a schedule by epochs stays at its first value for ever, and
# a listener that evaluates or saves at the end of an epoch never does. Iterations are counted.
#
# Output seen:
#   network: 3 epochs counted, onEpochEnd 3 times, learning rate after them 0.0010
#   wrapper: 0 epochs counted, onEpochEnd 0 times, learning rate after them 1.0000
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
    <dependency><groupId>org.deeplearning4j</groupId><artifactId>deeplearning4j-parallel-wrapper</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.deeplearning4j</groupId><artifactId>deeplearning4j-utility-iterators</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import java.util.Collections;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

public class Finding {
    static int ends;

    public static void main(String[] args) throws Exception {
        boolean asFound = run(false) == 3 && ends == 3;
        ends = 0;
        asFound &= run(true) == 0 && ends == 0;
        System.exit(asFound ? 0 : 1);
    }

    static int run(boolean parallel) throws Exception {
        ComputationGraph net = new ComputationGraph(new NeuralNetConfiguration.Builder().seed(1)
                .updater(new Sgd(new MapSchedule.Builder(ScheduleType.EPOCH).add(0, 1).add(1, 0.1).add(2, 0.01).add(3, 0.001).build()))
                .graphBuilder().addInputs("x")
                .addLayer("out", new OutputLayer.Builder(LossFunction.MSE).nIn(3).nOut(1).activation(Activation.IDENTITY).build(), "x")
                .setOutputs("out").build());
        net.init();
        BaseTrainingListener listener = new BaseTrainingListener() {
            @Override
            public void onEpochEnd(Model model) {
                ends++;
            }
        };
        net.setListeners(listener);
        for (int epoch = 0; epoch < 3; epoch++) {
            MultiDataSet batch = new org.nd4j.linalg.dataset.MultiDataSet(Nd4j.rand(8, 3), Nd4j.rand(8, 1));
            MultiDataSetIterator batches = new IteratorMultiDataSetIterator(Collections.nCopies(4, batch).iterator(), 8);
            if (parallel) {
                ParallelWrapper wrapper = new ParallelWrapper.Builder<>(net).workers(2).prefetchBuffer(2).averagingFrequency(1).build();
                wrapper.setListeners(listener);
                wrapper.fit(batches);
                wrapper.shutdown();
            } else {
                net.fit(batches);
            }
        }
        System.out.printf("%s: %d epochs counted, onEpochEnd %d times, learning rate after them %.4f%n",
                parallel ? "wrapper" : "network", net.getEpochCount(), ends, net.getLearningRate("out"));
        return net.getEpochCount();
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
