package org.ogm4j.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.flow.TokenGradient;

/** A gate of a running network. */
final class GateRuntime {

    private final ComputationGraph graph;
    private final String vertex;
    private final Gate gate;
    private final INDArray[] features;
    private final Intake intake;
    private Modulator modulator;

    GateRuntime(ComputationGraph graph, String vertex, Gate gate) {
        this.graph = graph;
        this.vertex = vertex;
        this.gate = gate;
        features = new INDArray[gate.modalities().size()];
        intake = new Intake(graph, vertex);
    }

    /** Takes an input as it comes. */
    void keep(int input, INDArray given, LayerWorkspaceMgr workspaces) {
        features[input] = intake.clean(input, given, workspaces);
    }

    /** Lets go of all inputs. */
    void forget() {
        Arrays.fill(features, null);
    }

    /** For each input of the vertex the name of its modality, null for one that is shared. */
    List<String> modalities() {
        return gate.modalities();
    }

    /** An input of the latest forward pass as it came. */
    INDArray features(int input) {
        return features[input];
    }

    /** The modulator of this gate's network, one for all its gates. */
    Modulator modulator() {
        if (modulator == null) {
            modulator = Modulator.sharedBy(graph, gate.plan());
        }
        return modulator;
    }

    /** The modulator, if this gate has one yet. */
    Modulator modulatorIfAny() {
        return modulator;
    }

    /** The latest scores, as the network's configuration keeps them. */
    HeldScores held() {
        return gate.held();
    }

    /**
     * The backward pass of the vertex behind the gate, and what the gate does to it: a trunk
     * layer's gradient is weighted token by token, and the error signals that leave are multiplied
     * by the row weights of their modalities.
     *
     * @param own the vertex without its gate
     * @param pass the backward pass of the vertex without its gate, for an error signal
     * @param workspaces where results go, as activation gradients
     * @return gradient and signals; those that are not modulated as they came
     */
    Pair<Gradient, INDArray[]> backward(
            GraphVertex own,
            Function<INDArray, Pair<Gradient, INDArray[]>> pass,
            LayerWorkspaceMgr workspaces) {
        INDArray error = own.getEpsilon();
        boolean trunk = gate.tokens() != null;
        INDArray kept = trunk ? error.dup() : null; // an activation may write over it
        Pair<Gradient, INDArray[]> plain = pass.apply(error);
        StepWeights weights = modulator().weightsFor(vertex);
        if (weights == null) {
            return plain;
        }
        if (trunk && weights.all().values().stream().anyMatch(k -> k != 1)) {
            weigh(own, kept, plain.getFirst(), pass, weights.all());
        }
        return new Pair<>(plain.getFirst(), pass(plain.getSecond(), weights, workspaces));
    }

    private void weigh(
            GraphVertex own,
            INDArray error,
            Gradient gradient,
            Function<INDArray, Pair<Gradient, INDArray[]>> pass,
            Map<String, Double> coefficients) {
        TokenGradient tokens =
                new TokenGradient(
                        own, gate.tokens(), modulator()::tokensOf, graph.batchSize(), pass);
        if (!tokens.fits(error)) {
            modulator().leaveTrunkLayer(vertex);
            return;
        }
        Map<String, INDArray> views = gradient.gradientForVariable();
        tokens.parts(error, views)
                .weighted(owner -> owner == null ? 1 : coefficients.get(owner))
                .forEach(
                        (name, weighted) -> {
                            if (weighted != views.get(name)) {
                                views.get(name).assign(weighted);
                            }
                        });
    }

    private INDArray[] pass(
            INDArray[] epsilons, StepWeights weights, LayerWorkspaceMgr workspaces) {
        List<String> modalities = gate.modalities();
        for (int input = 0; input < epsilons.length; input++) {
            boolean leaves = modalities.get(input) != null && epsilons[input] != null;
            if (leaves && !Finite.is(epsilons[input])) {
                modulator().giveUp("the gradient at \"" + vertex + "\" is not finite");
                return epsilons;
            }
        }
        INDArray[] passed = epsilons.clone();
        for (int input = 0; input < passed.length; input++) {
            String modality = modalities.get(input);
            if (modality != null && passed[input] != null) {
                passed[input] = pass(modality, passed[input], weights, workspaces);
            }
        }
        return passed;
    }

    private INDArray pass(
            String modality, INDArray epsilon, StepWeights weights, LayerWorkspaceMgr workspaces) {
        if (weights.leaveAlone(modality)) {
            return epsilon;
        }
        INDArray result =
                workspaces.createUninitialized(
                        ArrayType.ACTIVATION_GRAD, epsilon.dataType(), epsilon.shape(), 'c');
        return weights.multiply(modality, epsilon, result, vertex);
    }
}
