package org.ogm4j.examples.spark;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.spark.DriverCounters;
import org.ogm4j.spark.GuardedTraining;
import org.ogm4j.spark.TrainingStoppedException;
import org.ogm4j.spark.WorkerListener;
import org.ogm4j.spark.WorkerStep;
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

    /** What a training that was stopped, and is to be started again, ends with. */
    static final int STOPPED = 3;

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

    @Option(
            names = "--threads",
            description = "Workers in one process; default: all in one process, 1 on a cluster.")
    private Integer threads;

    @Option(names = "--uneven", description = "Workers have from half to one and a half as much.")
    private boolean uneven;

    @Option(names = "--double", description = "Computes in double precision.")
    private boolean inDouble;

    @Option(
            names = "--adam",
            description = "Adam, with noise of its own on each worker, in place of Nesterovs.")
    private boolean adam;

    @Option(
            names = "--file",
            description = "The network, saved after each epoch, and gone on from if it is there.")
    private Path file;

    @Option(
            names = "--limit",
            defaultValue = "60",
            description =
                    "Seconds without progress that end a training with --file; default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--parameters", description = "Writes the trained parameters, one a line.")
    private Path parameters;

    @Spec private CommandSpec spec;

    private PrintWriter out;

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
        List<List<MultiDataSet>> data = data();
        try (JavaSparkContext context = new JavaSparkContext(conf)) {
            for (Distribution distribution : distributions) {
                try {
                    train(context, distribution, data);
                } catch (TrainingStoppedException e) {
                    out.println(e.getMessage());
                    GuardedTraining.exit(STOPPED);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bigBatch(data.stream().flatMap(List::stream).toList());
        return 0;
    }

    /** The batches of each worker. */
    private List<List<MultiDataSet>> data() {
        TwoModalities source = new TwoModalities(3);
        List<List<MultiDataSet>> data = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            int more = uneven ? (2 * worker - workers + 1) * steps / (2 * workers) : 0;
            List<MultiDataSet> own = source.batches(steps + more, batch);
            own.forEach(one -> convert(one, type()));
            data.add(own);
        }
        return data;
    }

    private DataType type() {
        return inDouble ? DataType.DOUBLE : DataType.FLOAT;
    }

    private static void convert(MultiDataSet batch, DataType type) {
        batch.setFeatures(
                Arrays.stream(batch.getFeatures())
                        .map(array -> array.castTo(type))
                        .toArray(INDArray[]::new));
        batch.setLabels(
                Arrays.stream(batch.getLabels())
                        .map(array -> array.castTo(type))
                        .toArray(INDArray[]::new));
    }

    /** The configuration that trains everywhere: nothing in it knows of Spark. */
    private ComputationGraph modulated() {
        ComputationGraph graph =
                new ComputationGraph(
                        ModulatedOptimizer.builder()
                                .alpha(0.8)
                                .epochs(0, epochs - 2) // the last epoch trains plainly
                                .build()
                                .modulate(TwoModalities.network(updater(), type())));
        graph.init();
        return graph;
    }

    private IUpdater updater() {
        return adam ? new Adam(0.003) : new Nesterovs(0.05, 0.9);
    }

    private void train(
            JavaSparkContext context, Distribution distribution, List<List<MultiDataSet>> data)
            throws IOException {
        ComputationGraph driver =
                file == null ? modulated() : GuardedTraining.network(file, this::modulated);
        int inOne = threads != null ? threads : context.isLocal() ? workers : 1;
        DriverCounters counters = new DriverCounters(driver);
        SparkComputationGraph spark =
                new SparkComputationGraph(
                        context,
                        driver,
                        distribution.master(
                                counters,
                                new Distribution.Settings(workers, inOne, batch, averageEvery, 5)));
        CollectionAccumulator<WorkerStep> home =
                context.sc().collectionAccumulator(distribution.name());
        boolean sharing = distribution == Distribution.SHARING;
        spark.setListeners(
                sharing
                        ? List.of(counters, WorkerListener.sharing(home))
                        : List.of(WorkerListener.averaging(home)));
        JavaRDD<MultiDataSet> partitions =
                context.parallelize(data, workers).flatMap(List::iterator);
        context.parallelize(List.of(1), 1).count(); // waits for the executors
        out.printf("%s begins at epoch %d%n", distribution, driver.getEpochCount());
        long start = System.nanoTime();
        Runnable epoch =
                () -> {
                    spark.fitMultiDataSet(partitions);
                    out.printf("%s epoch %d of %d%n", distribution, driver.getEpochCount(), epochs);
                };
        if (file != null) {
            Duration patience = Duration.ofSeconds(limit);
            new GuardedTraining(spark, counters, file, patience).until(epochs, epoch);
        } else {
            unguarded(epoch, driver, sharing);
        }
        out.printf("%s %.1f s%n", distribution, (System.nanoTime() - start) / 1e9);
        new Summary(out, distribution.name()).print(driver, test(), home.value());
        if (parameters != null) {
            Files.write(
                    parameters,
                    Arrays.stream(driver.params().toDoubleVector())
                            .mapToObj(Double::toString)
                            .toList());
        }
    }

    private void unguarded(Runnable epoch, ComputationGraph driver, boolean sharing) {
        while (driver.getEpochCount() < epochs) {
            epoch.run();
            if (sharing) { // where DL4J counts the driver's epochs, but not its iterations
                driver.getConfiguration().setIterationCount(driver.getEpochCount() * steps);
            }
        }
    }

    private MultiDataSet test() {
        MultiDataSet test = new TwoModalities(2).batch(TEST_EXAMPLES);
        convert(test, type());
        return test;
    }

    private void bigBatch(List<MultiDataSet> data) {
        ComputationGraph graph = modulated();
        for (int epoch = 0; epoch < epochs; epoch++) {
            graph.fit(new IteratorMultiDataSetIterator(data.iterator(), batch * workers));
        }
        new Summary(out, "ONE BIG BATCH").print(graph, test(), List.of());
    }
}
