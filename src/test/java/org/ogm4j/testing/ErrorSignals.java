package org.ogm4j.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.host.VertexCopy;

/**
 * The second way to the error signal of an encoder's end: a plain network in which a weight of 0
 * for each feature and step is added to the features. Its gradient, example by example, is the
 * signal, as DL4J's own backward pass has it.
 */
public final class ErrorSignals {

    private final ComputationGraph plain;
    private final Map<String, ComputationGraph> explicit = new LinkedHashMap<>();
    private final Map<String, INDArray> features;

    /**
     * Adds weights.
     *
     * @param ends of all encoders
     * @param batch whose features tell shapes
     */
    public ErrorSignals(ComputationGraph plain, List<String> ends, MultiDataSet batch) {
        this.plain = plain;
        this.features = new LinkedHashMap<>();
        Map<String, INDArray> all = plain.feedForward(batch.getFeatures(), true, false);
        ends.forEach(end -> features.put(end, all.get(end).dup()));
        explicit.put("", network(""));
        ends.forEach(end -> explicit.put(end, network(end)));
    }

    /** An encoder's features in the batch. */
    public INDArray features(String end) {
        return features.get(end);
    }

    private ComputationGraph network(String only) {
        ComputationGraphConfiguration conf = VertexCopy.of(plain.getConfiguration());
        List<String> inputs = new ArrayList<>(conf.getNetworkInputs());
        for (String end : features.keySet()) {
            String read = end;
            if (!only.isEmpty() && !only.equals(end)) {
                read = "no-" + end;
                conf.getVertices().put(read, new ScaleVertex(0));
                conf.getVertexInputs().put(read, new ArrayList<>(List.of(end)));
            }
            String sum = "sum-" + end;
            conf.getVertexInputs().replaceAll((name, from) -> renamed(from, end, sum, name));
            conf.getVertices().put("w-" + end, weights(end));
            conf.getVertexInputs().put("w-" + end, new ArrayList<>(List.of("one-" + end)));
            String weights = "w-" + end;
            if (features.get(end).rank() == 3) {
                weights = "steps-" + end;
                conf.getVertices()
                        .put(weights, new PreprocessorVertex(new FeedForwardToRnnPreProcessor()));
                conf.getVertexInputs().put(weights, new ArrayList<>(List.of("w-" + end)));
            }
            conf.getVertices().put(sum, Nets.add());
            conf.getVertexInputs().put(sum, new ArrayList<>(List.of(read, weights)));
            inputs.add("one-" + end);
        }
        conf.setNetworkInputs(inputs);
        conf.setTopologicalOrder(null);
        conf.setTopologicalOrderStr(null);
        ComputationGraph graph = Nets.init(conf);
        Map<String, INDArray> weights = plain.paramTable();
        graph.params().assign(0);
        graph.paramTable()
                .forEach(
                        (name, own) -> {
                            if (weights.containsKey(name)) {
                                own.assign(weights.get(name));
                            }
                        });
        return graph;
    }

    private static List<String> renamed(List<String> from, String end, String sum, String reader) {
        boolean added = reader.startsWith("no-") || reader.startsWith("sum-");
        return new ArrayList<>(
                from.stream().map(each -> !added && each.equals(end) ? sum : each).toList());
    }

    private LayerVertex weights(String end) {
        INDArray phi = features.get(end);
        DenseLayer layer =
                new DenseLayer.Builder()
                        .nIn(phi.rank() == 2 ? 1 : phi.size(2))
                        .nOut(phi.size(1))
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build();
        layer.setLayerName("w-" + end);
        return new LayerVertex(
                new NeuralNetConfiguration.Builder().dataType(DataType.DOUBLE).layer(layer).build(),
                phi.rank() == 3 ? new RnnToFeedForwardPreProcessor() : null);
    }

    /**
     * The signal of each example, feature by feature and step by step; 0 of one without a label,
     * whose mask of one number DL4J takes for one of each output.
     *
     * @param only the end of the modality whose features are read, the others being 0; "" for all
     */
    public double[][] of(String end, MultiDataSet batch, String only) {
        int examples = (int) batch.getFeatures(0).size(0);
        double[][] signals = new double[examples][];
        for (int i = 0; i < examples; i++) {
            MultiDataSet one = Gradients.example(batch, i);
            INDArray phi = features.get(end);
            if (batch.getLabelsMaskArrays()[0].getDouble(i) == 0) {
                signals[i] = new double[(int) phi.length() / examples];
                continue;
            }
            INDArray[] inputs =
                    Arrays.copyOf(one.getFeatures(), one.getFeatures().length + features.size());
            int next = one.getFeatures().length;
            for (INDArray each : features.values()) {
                inputs[next++] = ones(each);
            }
            MultiDataSet extended = new MultiDataSet(inputs, one.getLabels());
            INDArray gradient = Gradients.of(explicit.get(only), extended).get("w-" + end + "_W");
            signals[i] = gradient.transpose().ravel().toDoubleVector();
        }
        return signals;
    }

    /** What the weights of a feature are multiplied with: 1, at each step its own alone. */
    private static INDArray ones(INDArray phi) {
        if (phi.rank() == 2) {
            return Nd4j.ones(DataType.DOUBLE, 1, 1);
        }
        long steps = phi.size(2);
        return Nd4j.eye(steps).castTo(DataType.DOUBLE).reshape(1, steps, steps);
    }
}
