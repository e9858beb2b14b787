package org.ogm4j.gate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.drop.FeatureDrop;
import org.ogm4j.host.ExampleRows;
import org.ogm4j.host.Finite;
import org.ogm4j.host.Intake;
import org.ogm4j.meter.SignalMeter;
import org.ogm4j.plan.DropPlan;
import org.ogm4j.plan.DropRates;
import org.ogm4j.plan.GateConf;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.plan.TrainingState;
import org.ogm4j.score.Edge;
import org.ogm4j.tokens.TokenGradient;
import org.ogm4j.tokens.TokenWeights;

/** A gate of a running network. */
final class Gate {

    private final ComputationGraph graph;
    private final String vertex;
    private final GateConf gate;
    private final INDArray[] features;
    private final INDArray[] entered; // where features are dropped: what is left of them
    private final double[][] kept; // there, for each example the factor on its features
    private final Intake intake;
    private final Map<String, Boolean> rowsMove = new HashMap<>();
    private Modulator modulator;

    Gate(ComputationGraph graph, String vertex, GateConf gate) {
        this.graph = graph;
        this.vertex = vertex;
        this.gate = gate;
        features = new INDArray[gate.modalities().size()];
        entered = new INDArray[features.length];
        kept = new double[features.length][];
        intake = new Intake(graph, vertex);
    }

    /** Takes an input as it comes. */
    void keep(int input, INDArray given, LayerWorkspaceMgr workspaces) {
        features[input] = intake.clean(input, given, workspaces);
    }

    /** Lets go of all inputs. */
    void forget() {
        Arrays.fill(features, null);
        Arrays.fill(entered, null);
        Arrays.fill(kept, null);
    }

    /**
     * Drops features, before a forward pass of the vertex.
     *
     * @param training whether the pass is one of training, without which nothing is dropped
     * @param vertexInput takes the number of an input and what the vertex is to read there
     * @param workspaces where the results go, as activations
     */
    void drop(
            boolean training,
            BiConsumer<Integer, INDArray> vertexInput,
            LayerWorkspaceMgr workspaces) {
        Arrays.fill(entered, null);
        Arrays.fill(kept, null);
        DropPlan plan = gate.plan().drop();
        if (!training || plan == null || !(firstGate() instanceof HasGate first)) {
            return;
        }
        FeatureDrop drop = new FeatureDrop(graph, gate.plan(), first.gate().state());
        DropRates rates = drop.rates();
        for (int input = 0; rates != null && input < features.length; input++) {
            String modality = gate.modalities().get(input);
            if (plan.actsAt(modality, new Edge(vertex, input))) {
                kept[input] = drop.factors(rates, modality);
                entered[input] =
                        multiply(input, features[input], ArrayType.ACTIVATIONS, workspaces);
                vertexInput.accept(input, entered[input]);
            }
        }
    }

    private GraphVertex firstGate() {
        return graph.getVertex(gate.plan().gates().get(0));
    }

    /** Row by row, as the features of an input are. */
    private INDArray multiply(
            int input, INDArray array, ArrayType type, LayerWorkspaceMgr workspaces) {
        INDArray result =
                workspaces.createUninitialized(type, array.dataType(), array.shape(), 'c');
        return SignalFactors.multiplyRows(array, kept[input], exampleOf(input), result, vertex);
    }

    /** What the network was modulated with. */
    ModulationPlan plan() {
        return gate.plan();
    }

    /** For each input of the vertex the name of its modality, null for one that is shared. */
    List<String> modalities() {
        return gate.modalities();
    }

    /** An input of the latest forward pass as it came. */
    INDArray features(int input) {
        return features[input];
    }

    /** What the vertex itself was given of an input: the same, where features are not dropped. */
    INDArray entered(int input) {
        return entered[input] == null ? features[input] : entered[input];
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

    /** What training keeps, as the network's configuration holds it. */
    TrainingState state() {
        return gate.state();
    }

    /**
     * The backward pass of the vertex with the gate, and what the gate does to it: a trunk layer's
     * gradient is weighted token by token, and the error signals that leave are combined with those
     * of their modalities' own losses, if asked for, and multiplied by the row weights.
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
        Pair<Gradient, INDArray[]> plain = ofFeatures(pass.apply(error), workspaces);
        SignalFactors factors = modulator().factorsFor(vertex);
        if (factors == null) {
            return plain;
        }
        if (trunk && factors.all().values().stream().anyMatch(k -> k != 1)) {
            weigh(own, kept, plain.getFirst(), pass, factors.all());
        }
        return new Pair<>(plain.getFirst(), pass(plain.getSecond(), factors, workspaces));
    }

    /** Error signals with respect to the features as they came. */
    private Pair<Gradient, INDArray[]> ofFeatures(
            Pair<Gradient, INDArray[]> passed, LayerWorkspaceMgr workspaces) {
        INDArray[] signals = passed.getSecond().clone();
        for (int input = 0; input < signals.length; input++) {
            if (kept[input] != null && signals[input] != null) {
                signals[input] =
                        multiply(input, signals[input], ArrayType.ACTIVATION_GRAD, workspaces);
            }
        }
        return new Pair<>(passed.getFirst(), signals);
    }

    private void weigh(
            GraphVertex own,
            INDArray error,
            Gradient gradient,
            Function<INDArray, Pair<Gradient, INDArray[]>> pass,
            Map<String, Double> coefficients) {
        TokenGradient tokens =
                new TokenGradient(own, gate.tokens(), this::tokensOf, graph.batchSize(), pass);
        if (!tokens.fits(error)) {
            modulator().log().leaveTrunkLayer(vertex);
            return;
        }
        Map<String, INDArray> views = gradient.gradientForVariable();
        Map<String, INDArray> weighted =
                tokens.parts(error, views)
                        .weighted(owner -> owner == null ? 1 : coefficients.get(owner));
        for (Map.Entry<String, INDArray> part : weighted.entrySet()) {
            INDArray view = views.get(part.getKey());
            if (part.getValue() != view) {
                view.assign(part.getValue());
            }
        }
    }

    /** How many tokens a vertex output in the latest forward pass, from what its reader holds. */
    private long tokensOf(String source) {
        for (Map.Entry<String, List<String>> reader :
                graph.getConfiguration().getVertexInputs().entrySet()) {
            int input = reader.getValue().indexOf(source);
            if (input >= 0) {
                INDArray held = graph.getVertex(reader.getKey()).getInputs()[input];
                return TokenWeights.count(held, graph.batchSize());
            }
        }
        return 0;
    }

    private INDArray[] pass(
            INDArray[] epsilons, SignalFactors factors, LayerWorkspaceMgr workspaces) {
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
                Edge edge = new Edge(vertex, input);
                Combination combination = modulator().signals().at(edge, modality);
                measure(edge, modality, passed[input], combination);
                passed[input] =
                        combination == null
                                ? pass(modality, input, passed[input], factors, workspaces)
                                : combine(
                                        combination,
                                        modality,
                                        input,
                                        passed[input],
                                        factors,
                                        workspaces);
            }
        }
        modulator().measured();
        return passed;
    }

    /** Where nothing tells whose a row is, and some do not count, nothing is measured. */
    private void measure(Edge edge, String modality, INDArray joint, Combination combination) {
        SignalMeter meter = modulator().meter();
        if (!meter.measures(modality)) {
            return;
        }
        INDArray own = combination == null ? null : combination.own();
        own = own == null ? null : own.reshape('c', joint.shape());
        double[] weights = meter.weights(modality);
        if (weights == null) {
            meter.add(modality, edge, joint, own);
            return;
        }
        int[] exampleOf = exampleOf(edge.input());
        if (!SignalFactors.knows(joint, weights, exampleOf)) {
            meter.leave(modality);
            return;
        }
        UnaryOperator<INDArray> counted =
                s -> SignalFactors.multiplyRows(s, weights, exampleOf, s.ulike(), vertex);
        own = own == null ? null : counted.apply(own);
        meter.add(modality, edge, counted.apply(joint), own);
    }

    /**
     * {@code R(k e_j, gamma e_u) + c (z_i - mean z) R(e_j, gamma e_u)} for row i; both signals are
     * 0 for an example that lacks the modality.
     */
    private INDArray combine(
            Combination given,
            String modality,
            int input,
            INDArray epsilon,
            SignalFactors factors,
            LayerWorkspaceMgr workspaces) {
        int[] exampleOf = factors.perExample(modality) ? exampleOf(input) : null;
        INDArray joint = factors.ofPresent(modality, epsilon, exampleOf, vertex);
        Combination combination =
                given.map(own -> factors.ofPresent(modality, own, exampleOf, vertex), joint);
        double k = factors.coefficients().getOrDefault(modality, 1.0);
        INDArray first = combination.of(joint.mul(k));
        INDArray result =
                workspaces.createUninitialized(
                        ArrayType.ACTIVATION_GRAD, joint.dataType(), joint.shape(), 'c');
        if (!factors.rows().containsKey(modality)) {
            return result.assign(first);
        }
        INDArray noisy = k == 1 ? first : combination.of(joint);
        // its rows are weighted with k + c (z_i - mean z)
        return factors.multiply(modality, noisy, exampleOf, result, vertex)
                .subi(noisy.mul(k))
                .addi(first);
    }

    private INDArray pass(
            String modality,
            int input,
            INDArray epsilon,
            SignalFactors factors,
            LayerWorkspaceMgr workspaces) {
        if (factors.leaveAlone(modality)) {
            return epsilon;
        }
        INDArray result =
                workspaces.createUninitialized(
                        ArrayType.ACTIVATION_GRAD, epsilon.dataType(), epsilon.shape(), 'c');
        int[] exampleOf = factors.perExample(modality) ? exampleOf(input) : null;
        return factors.multiply(modality, epsilon, exampleOf, result, vertex);
    }

    /** The example of each row of an input; null where there is a row for each. */
    private int[] exampleOf(int input) {
        String source = graph.getConfiguration().getVertexInputs().get(vertex).get(input);
        boolean moved =
                rowsMove.computeIfAbsent(
                        source, name -> ExampleRows.mayMove(graph.getConfiguration(), name));
        return moved ? ExampleRows.of(graph, source) : null;
    }
}
