package org.ogm4j.teacher;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.Distillation;
import org.ogm4j.host.ExampleRows;
import org.ogm4j.host.KeepsFeatures;
import org.ogm4j.host.OutputTypes;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.score.Edge;
import org.ogm4j.score.Truth;

/** What the teacher of one modality says about its features and its logits, step by step. */
public final class TeacherSignals {

    private final ComputationGraph graph;
    private final Distillation distillation;
    private final Teacher teacher;
    private final Map<String, Edge> edges = new LinkedHashMap<>();
    private final Map<String, Boolean> channelsLast = new HashMap<>();

    /**
     * Finds where the features are, each at the first gate that it feeds.
     *
     * @throws IllegalStateException if the teacher was edited away, or has no parameters
     */
    public TeacherSignals(ComputationGraph graph, ModulationPlan plan, ModalityPlan modality) {
        this.graph = graph;
        distillation = modality.distillation();
        teacher = Teacher.of(graph, modality.name(), plan.presence());
        OutputTypes types = new OutputTypes(teacher.network());
        for (String gate : plan.gates()) {
            for (String end : teacher.features()) {
                int input = graph.getConfiguration().getVertexInputs().get(gate).indexOf(end);
                if (input >= 0) {
                    edges.putIfAbsent(end, new Edge(gate, input));
                    channelsLast.put(end, types.isChannelsLast(end));
                }
            }
        }
    }

    /** Runs the teacher on the present batch. */
    public Map<String, Teacher.Lesson> lessons() {
        return teacher.lessons();
    }

    /**
     * The error signals of the features.
     *
     * @param lessons of the present batch
     * @return by edge; empty if features are not taken over
     * @throws IllegalStateException if features and teacher's features differ in shape
     */
    public Map<Edge, INDArray> ofFeatures(Map<String, Teacher.Lesson> lessons) {
        Map<Edge, INDArray> errors = new LinkedHashMap<>();
        edges.forEach(
                (end, edge) -> {
                    INDArray phi = KeepsFeatures.of(graph.getVertex(edge.vertex()), edge.input());
                    errors.put(
                            edge,
                            FeatureDistance.gradient(
                                    phi,
                                    lessons.get(end),
                                    exampleOf(end, phi.size(0)),
                                    channelsLast.get(end),
                                    distillation.features()));
                });
        return errors;
    }

    private int[] exampleOf(String end, long rows) {
        int[] known =
                rows == graph.batchSize() || !ExampleRows.mayMove(graph.getConfiguration(), end)
                        ? null
                        : ExampleRows.of(graph, end);
        return known != null && known.length == rows
                ? known
                : IntStream.range(0, (int) rows).map(row -> row % graph.batchSize()).toArray();
    }

    /**
     * The outputs, with the teacher's predictions in place of the labels.
     *
     * @param truths the labels of the batch, by output
     * @param lessons of the present batch
     * @return by output; empty if logits are not taken over
     */
    public Map<String, Truth> truths(
            Map<String, Truth> truths, Map<String, Teacher.Lesson> lessons) {
        Map<String, Truth> taught = new LinkedHashMap<>();
        for (String output : teacher.predictions()) {
            if (truths.containsKey(output)) {
                taught.put(output, truths.get(output).judgedBy(lessons.get(output).array()));
            }
        }
        return taught;
    }
}
