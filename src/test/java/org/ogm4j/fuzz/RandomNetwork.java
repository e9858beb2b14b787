package org.ogm4j.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.testing.Dl4jUpdaters;
import org.ogm4j.testing.Nets;

/** A random multimodal network, and batches for it. Equal seeds give equal networks. */
final class RandomNetwork {

    private static final int WIDTH = 4;
    private static final int STEPS = 3;

    private enum Kind {
        VECTOR,
        SEQUENCE,
        IMAGE
    }

    private final Random random;
    private final DataType type;
    private final List<Kind> kinds = new ArrayList<>();
    private final boolean masked;
    private final int outputs;
    private final ComputationGraphConfiguration conf;

    RandomNetwork(long seed) {
        random = new Random(seed);
        type = random.nextInt(3) == 0 ? DataType.FLOAT : DataType.DOUBLE;
        masked = random.nextInt(4) == 0;
        outputs = random.nextInt(4) == 0 ? 2 : 1;
        int modalities = 2 + random.nextInt(3);
        for (int u = 0; u < modalities; u++) {
            kinds.add(Kind.values()[random.nextInt(Kind.values().length)]);
        }
        conf = build();
    }

    ComputationGraphConfiguration conf() {
        return conf;
    }

    /** A batch of 2 to 6 examples. */
    MultiDataSet batch(long seed) {
        Random numbers = new Random(seed);
        int examples = 2 + numbers.nextInt(5);
        INDArray[] features = new INDArray[kinds.size()];
        for (int u = 0; u < features.length; u++) {
            features[u] =
                    switch (kinds.get(u)) {
                        case VECTOR -> Nets.gaussian(numbers, examples, 3);
                        case SEQUENCE -> Nets.gaussian(numbers, examples, 2, STEPS);
                        case IMAGE -> Nets.gaussian(numbers, examples, 1, 5, 5);
                        default -> throw new AssertionError();
                    };
            features[u] = features[u].castTo(type);
        }
        INDArray[] labels = new INDArray[outputs];
        INDArray[] masks = masked ? new INDArray[outputs] : null;
        for (int i = 0; i < outputs; i++) {
            labels[i] = Nets.labels(examples, numbers, type);
            if (masked) {
                masks[i] = Nd4j.ones(type, examples, 1);
                masks[i].putScalar(0, numbers.nextInt(2));
            }
        }
        return new MultiDataSet(features, labels, null, masks);
    }

    private ComputationGraphConfiguration build() {
        NeuralNetConfiguration.Builder builder =
                new NeuralNetConfiguration.Builder()
                        .seed(random.nextInt(1000))
                        .dataType(type)
                        .activation(random.nextBoolean() ? Activation.TANH : Activation.RELU)
                        .updater(updater());
        regularize(builder);
        GraphBuilder graph = builder.graphBuilder();
        List<InputType> types = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        for (int u = 0; u < kinds.size(); u++) {
            graph.addInputs("m" + u);
            types.add(
                    switch (kinds.get(u)) {
                        case VECTOR -> InputType.feedForward(3);
                        case SEQUENCE -> InputType.recurrent(2, STEPS);
                        case IMAGE -> InputType.convolutional(5, 5, 1);
                        default -> throw new AssertionError();
                    });
        }
        graph.setInputTypes(types.toArray(InputType[]::new));
        for (int u = 0; u < kinds.size(); u++) {
            ends.add(encoder(graph, "m" + u, kinds.get(u)));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            names.add(fusion(graph, "f" + i, ends));
        }
        WorkspaceMode mode = random.nextInt(3) == 0 ? WorkspaceMode.NONE : WorkspaceMode.ENABLED;
        ComputationGraphConfiguration built =
                graph.setOutputs(names.toArray(String[]::new)).build();
        built.setTrainingWorkspaceMode(mode);
        built.setInferenceWorkspaceMode(mode);
        return built;
    }

    private IUpdater updater() {
        List<IUpdater> all = Dl4jUpdaters.all().toList();
        return all.get(random.nextInt(all.size()));
    }

    private void regularize(NeuralNetConfiguration.Builder builder) {
        switch (random.nextInt(6)) {
            case 0 -> builder.l2(1e-3);
            case 1 -> builder.l1(1e-3);
            case 2 -> builder.weightDecay(1e-3);
            case 3 -> builder.dropOut(0.8);
            case 4 ->
                    builder.gradientNormalization(
                                    GradientNormalization.ClipElementWiseAbsoluteValue)
                            .gradientNormalizationThreshold(0.5);
            default -> builder.biasUpdater(updater());
        }
    }

    private String encoder(GraphBuilder graph, String name, Kind kind) {
        String end = name;
        switch (kind) {
            case SEQUENCE -> {
                graph.addLayer(name + "-rnn", new LSTM.Builder().nOut(3).build(), end);
                graph.addVertex(name + "-last", new LastTimeStepVertex(name), name + "-rnn");
                end = name + "-last";
            }
            case IMAGE -> {
                graph.addLayer(
                        name + "-conv", new ConvolutionLayer.Builder(2, 2).nOut(3).build(), end);
                end = name + "-conv";
                if (random.nextBoolean()) {
                    graph.addLayer(name + "-norm", new BatchNormalization(), end);
                    end = name + "-norm";
                }
                if (random.nextBoolean()) {
                    graph.addLayer(
                            name + "-pool",
                            new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build(),
                            end);
                    end = name + "-pool";
                }
            }
            case VECTOR -> {}
            default -> throw new AssertionError();
        }
        graph.addLayer(name + "-fc", dense(WIDTH), end);
        end = name + "-fc";
        if (random.nextInt(3) == 0) { // a residual block
            graph.addLayer(name + "-fc2", dense(WIDTH), end);
            graph.addVertex(name + "-sum", add(), end, name + "-fc2");
            end = name + "-sum";
        }
        return end;
    }

    private String fusion(GraphBuilder graph, String name, List<String> ends) {
        String[] all = ends.toArray(String[]::new);
        switch (random.nextInt(6)) {
            case 0 -> graph.addVertex(name, new MergeVertex(), all);
            case 1 -> {
                for (String end : all) {
                    graph.addLayer(name + end, linear(Nets.CLASSES), end);
                }
                String[] heads = ends.stream().map(end -> name + end).toArray(String[]::new);
                graph.addVertex(name, add(), heads);
                graph.addLayer(name + "-out", loss(), name);
                return name + "-out";
            }
            case 2 -> graph.addVertex(name, product(), all);
            case 3 -> {
                graph.addLayer(name + "-gamma", linear(WIDTH), all[1]);
                graph.addVertex(name + "-scaled", product(), all[0], name + "-gamma");
                List<String> rest = new ArrayList<>(ends.subList(1, ends.size()));
                rest.add(name + "-scaled");
                graph.addVertex(name, new MergeVertex(), rest.toArray(String[]::new));
            }
            case 4 -> {
                graph.addVertex(name + "-merge", new MergeVertex(), all);
                graph.addLayer(name + "-norm", new BatchNormalization(), name + "-merge");
                graph.addLayer(name + "-hidden", dense(5), name + "-norm");
                graph.addLayer(name, new DropoutLayer(0.7), name + "-hidden");
            }
            default -> {
                graph.addVertex(name + "-merge", new MergeVertex(), all);
                graph.addVertex(name, new SubsetVertex(1, 2 * WIDTH - 1), name + "-merge");
            }
        }
        graph.addLayer(name + "-out", output(), name);
        return name + "-out";
    }

    private OutputLayer output() {
        return switch (random.nextInt(3)) {
            case 0 ->
                    new OutputLayer.Builder(LossFunction.XENT)
                            .nOut(Nets.CLASSES)
                            .activation(Activation.SIGMOID)
                            .build();
            case 1 ->
                    new OutputLayer.Builder(LossFunction.MSE)
                            .nOut(Nets.CLASSES)
                            .activation(Activation.IDENTITY)
                            .build();
            default -> Nets.output();
        };
    }

    private static LossLayer loss() {
        return Nets.loss();
    }

    private static DenseLayer dense(int out) {
        return new DenseLayer.Builder().nOut(out).build();
    }

    private static DenseLayer linear(int out) {
        return new DenseLayer.Builder().nOut(out).activation(Activation.IDENTITY).build();
    }

    private static ElementWiseVertex add() {
        return new ElementWiseVertex(ElementWiseVertex.Op.Add);
    }

    private static ElementWiseVertex product() {
        return new ElementWiseVertex(ElementWiseVertex.Op.Product);
    }
}
