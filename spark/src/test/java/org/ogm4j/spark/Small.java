package org.ogm4j.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.ogm4j.ModulatedOptimizer;

/** A network, data and a context that are small enough for tests. */
final class Small {

    static final int BATCH = 16;

    private static final int FEATURES = 5;
    private static final int CLASSES = 3;

    private Small() {}

    static ComputationGraph network(ModulatedOptimizer ogm, IUpdater updater) {
        ComputationGraphConfiguration plain =
                new NeuralNetConfiguration.Builder()
                        .seed(42)
                        .activation(Activation.TANH)
                        .updater(updater)
                        .graphBuilder()
                        .addInputs("sound", "sight")
                        .addLayer("sound_fc", new DenseLayer.Builder().nOut(4).build(), "sound")
                        .addLayer("sight_fc", new DenseLayer.Builder().nOut(4).build(), "sight")
                        .addVertex("joined", new MergeVertex(), "sound_fc", "sight_fc")
                        .addLayer(
                                "out",
                                new OutputLayer.Builder()
                                        .nOut(CLASSES)
                                        .activation(Activation.SOFTMAX)
                                        .build(),
                                "joined")
                        .setOutputs("out")
                        .setInputTypes(
                                InputType.feedForward(FEATURES), InputType.feedForward(FEATURES))
                        .build();
        ComputationGraph graph = new ComputationGraph(ogm.modulate(plain));
        graph.init();
        return graph;
    }

    static List<MultiDataSet> batches(int count, long seed) {
        Random random = new Random(seed);
        List<MultiDataSet> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(batch(random));
        }
        return batches;
    }

    private static MultiDataSet batch(Random random) {
        INDArray sound = Nd4j.create(BATCH, FEATURES);
        INDArray sight = Nd4j.create(BATCH, FEATURES);
        INDArray labels = Nd4j.create(BATCH, CLASSES);
        for (int row = 0; row < BATCH; row++) {
            int label = random.nextInt(CLASSES);
            labels.putScalar(row, label, 1);
            for (int column = 0; column < FEATURES; column++) {
                sound.putScalar(row, column, random.nextGaussian() + 0.3 * label);
                sight.putScalar(row, column, random.nextGaussian() - label);
            }
        }
        return new org.nd4j.linalg.dataset.MultiDataSet(
                new INDArray[] {sound, sight}, new INDArray[] {labels});
    }

    /** One process, four cores, heartbeats twice a second. */
    static JavaSparkContext context() {
        return new JavaSparkContext(
                new SparkConf()
                        .setMaster("local[4]")
                        .setAppName("test")
                        .set("spark.executor.heartbeatInterval", "500ms")
                        .set("spark.ui.enabled", "false")
                        .set("spark.driver.host", "127.0.0.1")
                        .set("spark.driver.bindAddress", "127.0.0.1"));
    }
}
