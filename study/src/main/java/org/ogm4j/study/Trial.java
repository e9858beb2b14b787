package org.ogm4j.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.study.measure.Feed;
import org.ogm4j.study.measure.Layout;
import org.ogm4j.study.run.LearningRates;

/**
 * One run as its method sees it.
 *
 * @since 0.1.0
 */
public final class Trial {

    private final ComputationGraphConfiguration conf;
    private final Layout layout;
    private final Supplier<Split> data;
    private final Point point;
    private final long seed;
    private final int epochs;
    private final Consumer<String> monitor;
    private Split split;

    /**
     * Made by the study, and by those who test a method of their own.
     *
     * @param conf the plain network's
     * @param modalities the inputs of each; empty: one for each input, with its name
     * @param data is asked at most once
     * @param point what was chosen for the method
     * @param seed of everything random
     * @param epochs how long to train
     * @param monitor is told what a method does besides
     * @throws IllegalArgumentException if the modalities are not those of the network
     */
    public Trial(
            ComputationGraphConfiguration conf,
            Map<String, List<String>> modalities,
            Supplier<Split> data,
            Point point,
            long seed,
            int epochs,
            Consumer<String> monitor) {
        this.conf = conf;
        this.layout = Layout.of(conf, modalities);
        this.data = data;
        this.point = point;
        this.seed = seed;
        this.epochs = epochs;
        this.monitor = monitor;
    }

    /**
     * The plain network's configuration, with the learning rate of the run.
     *
     * @return a new one
     */
    public ComputationGraphConfiguration configuration() {
        // DL4J's clone forgets the axis of a merge and the updater of an attention vertex
        ComputationGraphConfiguration own = ComputationGraphConfiguration.fromJson(conf.toJson());
        if (!Double.isNaN(point.learningRate())) {
            LearningRates.set(own, point.learningRate());
        }
        return own;
    }

    /**
     * The same run of another plain network, or with another choice, for methods that are made of
     * others.
     *
     * @param other a configuration with the same inputs
     * @param chosen learning rate and strength
     * @return another trial, with the data of this one
     */
    public Trial with(ComputationGraphConfiguration other, Point chosen) {
        Map<String, List<String>> modalities = new LinkedHashMap<>();
        layout.modalities().forEach(each -> modalities.put(each, layout.inputs(each)));
        return new Trial(other, modalities, this::split, chosen, seed, epochs, monitor);
    }

    /**
     * The plain network with its initial weights, which equal seeds share.
     *
     * @return a new one
     */
    public ComputationGraph plain() {
        ComputationGraph graph = new ComputationGraph(configuration());
        graph.init();
        return graph;
    }

    /**
     * A network that starts from the plain one's weights where it has the same parameters.
     *
     * @param own its configuration
     * @return a new network
     */
    public ComputationGraph withPlainWeights(ComputationGraphConfiguration own) {
        ComputationGraph graph = new ComputationGraph(own);
        graph.init();
        Map<String, INDArray> weights = plain().paramTable();
        graph.paramTable()
                .forEach(
                        (name, mine) -> {
                            INDArray same = weights.get(name);
                            if (same != null && same.equalShapes(mine)) {
                                mine.assign(same);
                            }
                        });
        return graph;
    }

    /**
     * Options of the library with the study's modalities named, and everything else at its default.
     *
     * @return a new builder
     */
    public ModulatedOptimizer.Builder optimizer() {
        ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder();
        layout.modalities()
                .forEach(
                        modality ->
                                builder.modality(
                                        modality, layout.inputs(modality).toArray(String[]::new)));
        return builder;
    }

    /**
     * The strength that was chosen for the method.
     *
     * @param theDefault where none was
     * @return the strength
     */
    public double strength(double theDefault) {
        return Double.isNaN(point.strength()) ? theDefault : point.strength();
    }

    /**
     * What was chosen for the method.
     *
     * @return learning rate and strength
     */
    public Point point() {
        return point;
    }

    /**
     * The seed of everything random.
     *
     * @return the seed
     */
    public long seed() {
        return seed;
    }

    /**
     * How long to train.
     *
     * @return the number of epochs
     */
    public int epochs() {
        return epochs;
    }

    /**
     * The names of the modalities.
     *
     * @return in the order of the study
     */
    public List<String> modalities() {
        return layout.modalities();
    }

    /**
     * The run's data.
     *
     * @return always the same
     */
    public Split split() {
        if (split == null) {
            split = data.get();
        }
        return split;
    }

    /**
     * What a network takes of a batch: features for its inputs, labels for its outputs. An output
     * that the plain network has not gets the labels of the first.
     *
     * @param graph a network that has some inputs of the plain one, or all
     * @param whole a batch as it comes
     * @return the batch for it
     */
    public MultiDataSet feed(
            ComputationGraph graph, org.nd4j.linalg.dataset.api.MultiDataSet whole) {
        return Feed.of(layout, graph, whole);
    }

    /**
     * Says what a method is doing that is no step of its network.
     *
     * @param task in a few words
     */
    public void tell(String task) {
        monitor.accept(task);
    }
}
