package org.ogm4j.examples.spark;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.ModulatedOptimizer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains one modulated configuration on Apache Spark and in this process, and compares. */
@Command(
        name = "spark-example",
        sortOptions = false,
        usageHelpAutoWidth = true,
        mixinStandardHelpOptions = true,
        description =
                "Trains a modulated network on made-up data of two modalities: on Spark with one batch per"
                        + " worker, and in this process with one big batch.")
public final class SparkExample implements Callable<Integer> {

    private static final int TEST_EXAMPLES = 6000;

    @Option(
            names = "--master",
            defaultValue = "local[2]",
            description = "Spark's master; default: ${DEFAULT-VALUE}.")
    private String master;

    @Option(
            names = "--distribution",
            defaultValue = "AVERAGING,SHARING",
            split = ",",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private List<Distribution> distributions;

    @Option(names = "--workers", defaultValue = "2", description = "Default: ${DEFAULT-VALUE}.")
    private int workers;

    @Option(
            names = "--batch",
            defaultValue = "32",
            description = "Examples per worker and step; default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--average-every",
            defaultValue = "2",
            description = "Steps between two averagings; default: ${DEFAULT-VALUE}.")
    private int averageEvery;

    @Option(
            names = "--steps",
            defaultValue = "20",
            description = "Steps of each worker in an epoch; default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(names = "--epochs", defaultValue = "8", description = "Default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Spec private CommandSpec spec;

    private PrintWriter out;
    private final MultiDataSet test = new TwoModalities(2).batch(TEST_EXAMPLES);

    /**
     * Runs it.
     *
     * @param args see --help
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SparkExample()).execute(args));
    }

    @Override
    public Integer call() {
        out = spec.commandLine().getOut();
        SparkConf conf =
                new SparkConf()
                        .setMaster(master)
                        .setAppName("ogm4j")
                        .setIfMissing("spark.ui.enabled", "false")
                        .setIfMissing("spark.driver.host", "127.0.0.1")
                        .setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        List<MultiDataSet> data = new TwoModalities(3).batches(workers * steps, batch);
        try (JavaSparkContext context = new JavaSparkContext(conf)) {
            for (Distribution distribution : distributions) {
                train(context, distribution, data);
            }
        }
        bigBatch(data);
        return 0;
    }

    /** The configuration that trains everywhere: nothing in it knows of Spark. */
    private ComputationGraphConfiguration modulated() {
        return ModulatedOptimizer.builder()
                .alpha(0.8)
                .epochs(0, epochs - 2) // the last epoch trains plainly
                .build()
                .modulate(TwoModalities.network(new Nesterovs(0.05, 0.9)));
    }

    private void train(
            JavaSparkContext context, Distribution distribution, List<MultiDataSet> data) {
        ComputationGraph driver = new ComputationGraph(modulated());
        driver.init();
        int workersPerNode = context.isLocal() ? workers : 1;
        DriverCounters counters = new DriverCounters(driver);
        SparkComputationGraph spark =
                new SparkComputationGraph(
                        context,
                        driver,
                        distribution.master(
                                counters,
                                new Distribution.Settings(
                                        workers, workersPerNode, batch, averageEvery, 5)));
        CollectionAccumulator<WorkerStep> home =
                context.sc().collectionAccumulator(distribution.name());
        boolean sharing = distribution == Distribution.SHARING;
        WorkerListener watching = new WorkerListener(home, sharing);
        spark.setListeners(sharing ? List.of(counters, watching) : List.of(watching));
        JavaRDD<MultiDataSet> partitions = context.parallelize(data, workers);
        long start = System.nanoTime();
        for (int epoch = 0; epoch < epochs; epoch++) {
            spark.fitMultiDataSet(partitions);
            if (sharing) { // where DL4J counts the driver's epochs, but not its iterations
                driver.getConfiguration().setIterationCount((epoch + 1) * steps);
            }
            out.printf("%s epoch %d of %d%n", distribution, epoch + 1, epochs);
        }
        out.printf("%s %.1f s%n", distribution, (System.nanoTime() - start) / 1e9);
        new Summary(out, distribution.name()).print(driver, test, home.value());
    }

    private void bigBatch(List<MultiDataSet> data) {
        ComputationGraph graph = new ComputationGraph(modulated());
        graph.init();
        for (int epoch = 0; epoch < epochs; epoch++) {
            graph.fit(new IteratorMultiDataSetIterator(data.iterator(), batch * workers));
        }
        new Summary(out, "ONE BIG BATCH").print(graph, test, List.of());
    }
}
