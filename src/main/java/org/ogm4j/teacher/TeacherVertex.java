package org.ogm4j.teacher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.host.VertexCopy;

/**
 * Configuration of a teacher: one vertex that holds a whole network, which nothing reads and
 * nothing trains.
 *
 * <p>A configuration has no parameters, but a teacher is nothing without. So it brings them along,
 * until a network is made of it: from then on they are those of the vertex, in the network's own
 * vector, and JSON leaves them out. Like all state they are no part of what makes two
 * configurations equal.
 */
public final class TeacherVertex extends GraphVertex {

    private static final long serialVersionUID = 1L;

    private final ComputationGraphConfiguration network;
    private final List<String> features;
    private final List<String> predictions;
    private INDArray parameters;
    private boolean inNetwork;

    /**
     * A teacher.
     *
     * @param network the part of the trained network that is needed
     * @param features its vertices whose outputs an encoder takes over
     * @param predictions its outputs whose predictions a modality's own logits take over
     * @param parameters its parameters, written as text; null where a network holds them
     */
    public TeacherVertex(
            @JsonProperty(value = "network", required = true) ComputationGraphConfiguration network,
            @JsonProperty(value = "features", required = true) List<String> features,
            @JsonProperty(value = "predictions", required = true) List<String> predictions,
            @JsonProperty("parameters") String parameters) {
        this(network, features, predictions, parameters == null ? null : decoded(parameters));
    }

    TeacherVertex(
            ComputationGraphConfiguration network,
            List<String> features,
            List<String> predictions,
            INDArray parameters) {
        this.network = Objects.requireNonNull(network, "network");
        this.features = List.copyOf(features);
        this.predictions = List.copyOf(predictions);
        this.parameters = parameters;
    }

    /**
     * The name of the vertex of a modality's teacher.
     *
     * @param modality the name of the modality
     * @return the name
     */
    public static String nameOf(String modality) {
        return "teacher-" + modality;
    }

    /**
     * The network inside.
     *
     * @return its configuration; not to be changed
     */
    @JsonProperty("network")
    public ComputationGraphConfiguration network() {
        return network;
    }

    /**
     * The vertices whose outputs an encoder takes over.
     *
     * @return their names, which are those of the encoder's own
     */
    @JsonProperty("features")
    public List<String> features() {
        return features;
    }

    /**
     * The outputs whose predictions a modality's own logits take over.
     *
     * @return their names, which are those of the network's own
     */
    @JsonProperty("predictions")
    public List<String> predictions() {
        return predictions;
    }

    @JsonProperty("parameters")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    String encoded() {
        if (parameters == null || inNetwork) {
            return null;
        }
        try {
            return Base64.getEncoder().encodeToString(Nd4j.toByteArray(parameters));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static INDArray decoded(String text) {
        return Nd4j.fromByteArray(Base64.getDecoder().decode(text));
    }

    @Override
    public TeacherVertex clone() {
        TeacherVertex copy =
                new TeacherVertex(VertexCopy.of(network), features, predictions, parameters);
        copy.inNetwork = inNetwork;
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TeacherVertex that
                && network.equals(that.network)
                && features.equals(that.features)
                && predictions.equals(that.predictions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(network, features, predictions);
    }

    @Override
    public long numParams(boolean backprop) {
        return network.getVertices().values().stream()
                .mapToLong(vertex -> vertex.numParams(true))
                .sum();
    }

    @Override
    public int minVertexInputs() {
        return network.getNetworkInputs().size();
    }

    @Override
    public int maxVertexInputs() {
        return network.getNetworkInputs().size();
    }

    /** Without parameters to begin with they stay 0, as a replica's do that is given them later. */
    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int idx,
            INDArray paramsView,
            boolean initializeParams,
            DataType networkDatatype) {
        if (initializeParams && parameters != null) {
            paramsView.assign(parameters.castTo(paramsView.dataType()));
        }
        parameters = paramsView;
        inNetwork = true;
        return TeacherVertexImpl.of(graph, name, idx, this, paramsView, networkDatatype);
    }

    /** Of what stands for an output, since nothing reads one. */
    @Override
    public InputType getOutputType(int layerIndex, InputType... vertexInputs) {
        return InputType.feedForward(1);
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputTypes) {
        return network.getMemoryReport(inputTypes);
    }

    @Override
    public void setDataType(DataType dataType) {
        network.setDataType(dataType);
        network.getVertices().values().forEach(vertex -> vertex.setDataType(dataType));
    }

    @Override
    public String toString() {
        return "TeacherVertex(features=%s, predictions=%s, inputs=%s)"
                .formatted(features, predictions, network.getNetworkInputs());
    }
}
