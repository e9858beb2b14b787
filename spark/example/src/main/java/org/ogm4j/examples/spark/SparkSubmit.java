package org.ogm4j.examples.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.UnimodalEvaluation;
import org.ogm4j.spark.DriverCounters;

/** Trains on Spark by parameter averaging: on a cluster with spark-submit, else in this process. */
public final class SparkSubmit {

    private static final int WORKERS = 2;
    private static final int BATCH = 32;

    private SparkSubmit() {}

    /**
     * Trains and reports.
     *
     * @param args none
     */
    public static void main(String[] args) {
        SparkConf conf =
                new SparkConf()
                        .setIfMissing("spark.app.name", "ogm4j")
                        .setIfMissing("spark.master", "local[2]"); // spark-submit sets its own
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            System.out.println(train(spark));
        }
    }

    static UnimodalEvaluation train(JavaSparkContext spark) {
        ModulatedOptimizer ogm = ModulatedOptimizer.builder().alpha(0.8).epochs(0, 4).build();
        ComputationGraph net = new ComputationGraph(ogm.modulate(network()));
        net.init();

        ParameterAveragingTrainingMaster averaging =
                new ParameterAveragingTrainingMaster.Builder(WORKERS, BATCH)
                        .batchSizePerWorker(BATCH)
                        .averagingFrequency(5) // steps between two averagings
                        .trainingHooks(new DriverCounters(net)) // workers know step and epoch
                        .build();
        SparkComputationGraph training = new SparkComputationGraph(spark, net, averaging);
        JavaRDD<MultiDataSet> data =
                spark.parallelize(new TwoModalities(1).batches(40, BATCH), WORKERS);
        for (int epoch = 0; epoch < 8; epoch++) { // modulated in the first five
            training.fitMultiDataSet(data);
        }
        var test = new TwoModalities(2).batches(10, 100);
        return ModulatedOptimizer.evaluate(
                training.getNetwork(), new IteratorMultiDataSetIterator(test.iterator(), 100));
    }

    static ComputationGraphConfiguration network() {
        OutputLayer head = new OutputLayer.Builder().nOut(6).activation(Activation.SOFTMAX).build();
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Nesterovs(0.05, 0.9))
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("sound", "sight")
                .addLayer("sound_fc", new DenseLayer.Builder().nOut(32).build(), "sound")
                .addLayer("sight_fc", new DenseLayer.Builder().nOut(32).build(), "sight")
                .addVertex("fusion", new MergeVertex(), "sound_fc", "sight_fc")
                .addLayer("head", head, "fusion")
                .setOutputs("head")
                .setInputTypes(InputType.feedForward(24), InputType.feedForward(32))
                .build();
    }
}
