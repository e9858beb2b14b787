package org.ogm4j.graph;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A gate of a running network. */
final class GateRuntime {

    private final ComputationGraph graph;
    private final String vertex;
    private final Gate gate;
    private Modulator modulator;

    GateRuntime(ComputationGraph graph, String vertex, Gate gate) {
        this.graph = graph;
        this.vertex = vertex;
        this.gate = gate;
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
     * Multiplies the error signals that leave the vertex by the row weights of their modalities.
     *
     * @param epsilons one error signal per input of the vertex
     * @param workspaces where results go, as activation gradients
     * @return the signals; those that are not modulated as they came
     */
    INDArray[] pass(INDArray[] epsilons, LayerWorkspaceMgr workspaces) {
        StepWeights weights = modulator().weightsFor(vertex);
        if (weights == null) {
            return epsilons;
        }
        List<String> modalities = gate.modalities();
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
        if (!Double.isFinite(epsilon.sumNumber().doubleValue())) {
            modulator().skip("the gradient at \"" + vertex + "\" is not finite");
            return epsilon;
        }
        INDArray result =
                workspaces.createUninitialized(
                        ArrayType.ACTIVATION_GRAD, epsilon.dataType(), epsilon.shape(), 'c');
        return weights.multiply(modality, epsilon, result, vertex);
    }
}
