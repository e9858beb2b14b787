package org.ogm4j.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.ogm4j.flow.Reach;
import org.ogm4j.flow.TokenPlan;
import org.ogm4j.flow.TokenTrace;
import org.ogm4j.score.OutputLoss;
import org.ogm4j.updater.ModulatedUpdater;

/** The layers behind a fusion that work on tokens of known owners. */
final class Trunk {

    private Trunk() {}

    /**
     * Finds them.
     *
     * @param conf a network that is not modulated
     * @param problems where to say what cannot be modulated
     * @return whose tokens each works on, in the order that data flows
     */
    static Map<String, TokenPlan> of(
            ComputationGraphConfiguration conf, Reach reach, List<String> problems) {
        Map<String, TokenPlan> trunk = new LinkedHashMap<>();
        TokenTrace trace = new TokenTrace(conf, reach);
        for (String name : reach.inOrder()) {
            GraphVertex vertex = conf.getVertices().get(name);
            if (vertex == null || !reach.isFused(name) || Vertices.parametersOf(vertex).isEmpty()) {
                continue;
            }
            TokenPlan plan = TokenPlan.of(vertex, name, reach, trace);
            boolean known =
                    Stream.concat(Stream.of(plan.output()), plan.attention().stream())
                            .flatMap(List::stream)
                            .anyMatch(range -> range.owner() != null);
            if (known && OutputLoss.of(Vertices.layerOf(vertex)) == null) {
                check(name, vertex, problems);
                trunk.put(name, plan);
            }
        }
        if (trunk.isEmpty()) {
            problems.add(
                    "trunk must have layers behind the fusion that work on sequences of tokens, got none: leave trunk(true) out");
        }
        return trunk;
    }

    private static void check(String name, GraphVertex vertex, List<String> problems) {
        Updaters.trained(vertex).values().stream()
                .filter(updater -> !ModulatedUpdater.isLinear(updater))
                .findFirst()
                .ifPresent(
                        updater ->
                                problems.add(
                                        "updater of trunk layer \"%s\" must be Sgd or Nesterovs, got %s: a factor on the gradient would cancel; leave trunk(true) out"
                                                .formatted(
                                                        name, updater.getClass().getSimpleName())));
        if (Vertices.layersOf(vertex).stream().anyMatch(Vertices::isRandom)) {
            problems.add(
                    "trunk layer \"%s\" must have no dropout or weight noise of its own, because its backward pass runs twice: put a DropoutLayer behind it"
                            .formatted(name));
        }
    }
}
