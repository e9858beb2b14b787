package org.ogm4j.teacher;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.host.Formats;
import org.ogm4j.host.OutputTypes;
import org.ogm4j.host.RandomState;
import org.ogm4j.host.VertexCopy;
import org.ogm4j.host.Wrapper;

/**
 * Makes vertices of trained networks. Of a network those vertices are kept that lead to the
 * features and predictions which are taken over.
 */
public final class Teachers {

    private final GivenTeacher given;
    private final Student student;
    private final List<String> problems;
    private final ComputationGraphConfiguration network;

    private Teachers(GivenTeacher given, Student student, List<String> problems) {
        this.given = given;
        this.student = student;
        this.problems = problems;
        given.network().init();
        network = VertexCopy.of(given.network().getConfiguration());
        network.getVertices().replaceAll((name, vertex) -> Wrapper.plainOf(vertex));
    }

    /**
     * Makes the vertex of a teacher.
     *
     * @param given the trained network, which stays as it is
     * @param student what it is to teach
     * @param problems where to add what stands in the way
     * @return empty if anything does
     */
    public static Optional<TeacherVertex> of(
            GivenTeacher given, Student student, List<String> problems) {
        return new Teachers(given, student, problems).make();
    }

    /**
     * Adds the vertex of a teacher to a network.
     *
     * @param conf changed in place
     * @param modality the name of the modality
     * @param vertex the teacher
     */
    public static void add(
            ComputationGraphConfiguration conf, String modality, TeacherVertex vertex) {
        String name = TeacherVertex.nameOf(modality);
        conf.getVertices().put(name, vertex);
        conf.getVertexInputs().put(name, new ArrayList<>(vertex.network().getNetworkInputs()));
        conf.setTopologicalOrder(null); // DL4J computes it anew; the order of the others stays
        conf.setTopologicalOrderStr(null);
    }

    private Optional<TeacherVertex> make() {
        int before = problems.size();
        List<String> features = given.distillation().features() > 0 ? student.ends() : List.of();
        List<String> predictions =
                given.distillation().logits() > 0 ? List.copyOf(student.outputs()) : List.of();
        String name = TeacherVertex.nameOf(student.modality());
        if (student.conf().getVertices().containsKey(name)) {
            problem("name of a vertex must not be \"%s\", which is the teacher's", name);
        }
        checkType();
        features.forEach(this::checkFeatures);
        predictions.forEach(this::checkPredictions);
        if (problems.size() > before) {
            return Optional.empty();
        }
        Set<String> needed = new LinkedHashSet<>();
        features.forEach(end -> addUpstream(end, needed));
        predictions.forEach(output -> addUpstream(output, needed));
        checkInputs(needed);
        if (problems.size() > before) {
            return Optional.empty();
        }
        Set<String> wanted = new LinkedHashSet<>(features);
        wanted.addAll(predictions);
        ComputationGraphConfiguration part = part(network, needed, wanted);
        return Optional.of(new TeacherVertex(part, features, predictions, parameters(part)));
    }

    /**
     * A part of a network.
     *
     * @param conf the network, which becomes the part
     * @param needed the vertices and network inputs that stay
     * @param outputs of the part
     * @return conf, to be initialised anew
     */
    public static ComputationGraphConfiguration part(
            ComputationGraphConfiguration conf, Set<String> needed, Set<String> outputs) {
        conf.getVertices().keySet().retainAll(needed);
        conf.getVertexInputs().keySet().retainAll(needed);
        conf.getNetworkInputs().retainAll(needed);
        conf.setNetworkOutputs(new ArrayList<>(outputs));
        conf.setTopologicalOrder(null);
        conf.setTopologicalOrderStr(null);
        return conf;
    }

    private void addUpstream(String vertex, Set<String> found) {
        if (found.add(vertex)) {
            network.getVertexInputs()
                    .getOrDefault(vertex, List.of())
                    .forEach(source -> addUpstream(source, found));
        }
    }

    /** Those of the trained network, in the order of the part. */
    private INDArray parameters(ComputationGraphConfiguration part) {
        Map<String, INDArray> trained = given.network().paramTable();
        ComputationGraph copy = new ComputationGraph(VertexCopy.of(part));
        RandomState before = RandomState.now();
        copy.init();
        before.restore();
        copy.paramTable().forEach((name, array) -> array.assign(trained.get(name)));
        return copy.params().reshape(copy.numParams()).dup();
    }

    private void checkType() {
        if (network.getDataType() != student.conf().getDataType()) {
            problem(
                    "data type of the teacher of modality \"%s\" must be that of the network, %s, got %s: use teacher.convertDataType(DataType.%s)",
                    student.modality(),
                    student.conf().getDataType(),
                    network.getDataType(),
                    student.conf().getDataType());
        }
    }

    private void checkFeatures(String end) {
        if (!network.getVertices().containsKey(end)) {
            problem(
                    "teacher of modality \"%s\" must have the vertex that its encoder ends with, \"%s\", got none of that name; known are %s: train one with trainUnimodal, or use Distillation.logits",
                    student.modality(), end, network.getVertices().keySet());
            return;
        }
        Optional<InputType> own = OutputTypes.of(student.conf(), end);
        Optional<InputType> other = OutputTypes.of(network, end);
        if (own.isPresent() && other.isPresent() && !shape(own.get()).equals(shape(other.get()))) {
            problem(
                    "teacher of modality \"%s\" must output the shape of its encoder at \"%s\", %s, got %s: train one with trainUnimodal, or use Distillation.logits",
                    student.modality(), end, shape(own.get()), shape(other.get()));
        }
    }

    /** What of a type is not made up: steps, heights and widths of images are. */
    private static String shape(InputType type) {
        boolean last = Formats.of(type).channelsLast();
        return "%s of %d features%s"
                .formatted(
                        type.getType(), OutputTypes.width(type), last ? " on the last axis" : "");
    }

    private void checkPredictions(String output) {
        GraphVertex vertex = network.getVertices().get(output);
        if (!network.getNetworkOutputs().contains(output)) {
            problem(
                    "teacher of modality \"%s\" must have the output that it is scored at, \"%s\", got none of that name; known are %s: train one with trainUnimodal, or use Distillation.features",
                    student.modality(), output, network.getNetworkOutputs());
            return;
        }
        Optional<Long> own = OutputTypes.classes(student.conf(), output);
        Optional<Long> other = OutputTypes.classes(network, output);
        boolean perStep = OutputTypes.isPerStep(student.conf(), output);
        if ((own.isPresent() && other.isPresent() && !own.equals(other))
                || perStep != OutputTypes.isPerStep(network, output)) {
            problem(
                    "teacher of modality \"%s\" must predict what output \"%s\" does, %s classes%s, got %s (%s): train one with trainUnimodal",
                    student.modality(),
                    output,
                    own.map(String::valueOf).orElse("as many"),
                    perStep ? " in every step" : "",
                    other.map(String::valueOf).orElse("others"),
                    vertex.getClass().getSimpleName());
        }
    }

    private void checkInputs(Set<String> needed) {
        List<String> read = new ArrayList<>(network.getNetworkInputs());
        read.retainAll(needed);
        if (!student.inputs().containsAll(read)) {
            problem(
                    "teacher of modality \"%s\" must read network inputs of that modality, %s, got %s: train one with trainUnimodal",
                    student.modality(), student.inputs(), read);
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
    private void problem(String format, Object... values) {
        problems.add(format.formatted(values));
    }
}
