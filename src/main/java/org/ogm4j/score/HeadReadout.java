package org.ogm4j.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.host.KeepsFeatures;
import org.ogm4j.host.Numbers;
import org.ogm4j.math.HeadRows;

/**
 * Logits read from the weights of a head: {@code features^u W^u + share * b}.
 *
 * <p>With concatenation W^u are the rows of the output layer that read modality u, and share is 1/M
 * (Peng et al., CVPR 2022, eq. 8); with a head of its own they are the whole head, and share is 1.
 * Dropout and weight noise of the head are left out.
 *
 * @param output the output layer whose labels, loss and activation judge the logits
 * @param head the layer whose weights W and bias b are read
 * @param slices the inputs that the rows of W belong to, in order
 * @param biasShare the factor on b
 * @param activation what makes predictions of the logits, where that is not the output layer's own:
 *     a loss layer may read probabilities that the head makes, as Keras import has it; null for its
 *     own
 */
public record HeadReadout(
        @JsonProperty(value = "output", required = true) String output,
        @JsonProperty(value = "head", required = true) String head,
        @JsonProperty(value = "slices", required = true) List<FeatureSlice> slices,
        @JsonProperty(value = "biasShare", required = true) double biasShare,
        @JsonProperty("activation") @JsonInclude(JsonInclude.Include.NON_NULL)
                IActivation activation)
        implements Readout {

    /** Checks what JSON may lack. */
    public HeadReadout {
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(head, "head");
        slices = List.copyOf(slices);
    }

    /** Logits that the output layer's own activation makes predictions of. */
    public HeadReadout(String output, String head, List<FeatureSlice> slices, double biasShare) {
        this(output, head, slices, biasShare, null);
    }

    /**
     * A head that is one modality's own.
     *
     * @param output the output layer that judges its logits
     * @param head the layer
     * @param activation what makes predictions of them, null for the output layer's own
     * @return all rows of W, and the whole of b
     */
    public static HeadReadout whole(String output, String head, IActivation activation) {
        return new HeadReadout(
                output, head, List.of(new FeatureSlice(head, 0, true)), 1, activation);
    }

    /**
     * The rows of W that read the modality.
     *
     * @param graph the network, after a forward pass whose activations are still held
     * @return the rows
     */
    public HeadRows rows(ComputationGraph graph) {
        List<HeadRows.Range> own = new ArrayList<>();
        int row = 0;
        for (FeatureSlice slice : slices) {
            int end = row + (int) features(graph, slice).size(1);
            if (slice.own()) {
                own.add(new HeadRows.Range(row, end));
            }
            row = end;
        }
        return new HeadRows(row, own);
    }

    /**
     * The edges whose features are the modality's own.
     *
     * @return in the order of the rows of W
     */
    public List<Edge> ownEdges() {
        return slices.stream()
                .filter(FeatureSlice::own)
                .map(slice -> new Edge(slice.vertex(), slice.input()))
                .toList();
    }

    /**
     * The gradient of the modality's own loss with respect to its features, W held still:
     *
     * <pre>{@code
     * e_u = d_u (W^u)^T,   d_u = dl(y, logits^u) / dlogits^u
     * }</pre>
     *
     * @param graph the network, after a forward pass whose activations are still held
     * @param truth what judges the logits
     * @return for each own edge an array of the shape and type of its features, sums per example
     */
    Map<Edge, INDArray> errors(ComputationGraph graph, Truth truth) {
        INDArray weights = graph.getVertex(head).paramTable(false).get("W");
        INDArray gradient = truth.gradient(logits(graph)).castTo(weights.dataType());
        Map<Edge, INDArray> errors = new LinkedHashMap<>();
        long row = 0;
        for (FeatureSlice slice : slices) {
            INDArray given = KeepsFeatures.of(graph.getVertex(slice.vertex()), slice.input());
            long end = row + Rows.of(given).size(1);
            if (slice.own()) {
                INDArray own = weights.get(NDArrayIndex.interval(row, end), NDArrayIndex.all());
                INDArray error = Rows.unflatten(gradient.mmul(own.transpose()), given);
                errors.merge(
                        new Edge(slice.vertex(), slice.input()),
                        error.castTo(given.dataType()),
                        UnimodalErrors::sum);
            }
            row = end;
        }
        return errors;
    }

    private static INDArray features(ComputationGraph graph, FeatureSlice slice) {
        return Rows.of(KeepsFeatures.of(graph.getVertex(slice.vertex()), slice.input()));
    }

    /**
     * The logits of the modality alone, from the features of the latest forward pass.
     *
     * @param graph the network, after a forward pass whose activations are still held
     * @return shape [rows, classes], of the network's type, in the current workspace; for sequences
     *     row {@code t * batch + i} is step t of example i
     */
    INDArray logits(ComputationGraph graph) {
        Map<String, INDArray> params = graph.getVertex(head).paramTable(false);
        INDArray weights = params.get("W");
        INDArray logits = null;
        long row = 0;
        for (FeatureSlice slice : slices) {
            INDArray features = features(graph, slice);
            long end = row + features.size(1);
            if (slice.own()) {
                INDArray product = product(features, weights, row, end);
                logits = logits == null ? product : logits.addi(product);
            }
            row = end;
        }
        if (logits == null || row != weights.size(0)) {
            throw new IllegalStateException(
                    "features of head \"%s\" must have %d columns in all, got %d"
                            .formatted(head, weights.size(0), row));
        }
        INDArray bias = params.get("b");
        if (bias != null) {
            Numbers.addToRows(logits, bias, biasShare);
        }
        return logits;
    }

    /** Features times the rows of W from one to before another. */
    private static INDArray product(INDArray features, INDArray weights, long from, long to) {
        int classes = (int) weights.size(1);
        if (!Numbers.isSmall(features, classes)) {
            INDArray own = weights.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
            return features.castTo(weights.dataType()).mmul(own);
        }
        INDArray product = Nd4j.createUninitialized(weights.dataType(), features.size(0), classes);
        Numbers.multiply(features, weights, from, product);
        return product;
    }
}
