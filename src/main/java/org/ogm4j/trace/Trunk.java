package org.ogm4j.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.ogm4j.host.Updaters;
import org.ogm4j.host.Vertices;
import org.ogm4j.score.OutputLoss;
import org.ogm4j.tokens.ModalityReach;
import org.ogm4j.tokens.TokenOwners;
import org.ogm4j.tokens.TokenPlan;
import org.ogm4j.updater.ModulatedUpdater;

/** The layers downstream of a fusion that work on tokens of known owners. */
public final class Trunk {

    private Trunk() {}

    /**
     * Finds them.
     *
     * @return whose tokens each works on, in the order that data flows
     */
    static Map<String, TokenPlan> of(Inspection inspection) {
        ModalityReach reach = inspection.reach();
        Map<String, TokenPlan> trunk = new LinkedHashMap<>();
        TokenOwners owners = new TokenOwners(inspection.conf(), reach);
        for (String name : reach.inOrder()) {
            GraphVertex vertex = inspection.vertex(name);
            if (vertex == null || !reach.isFused(name) || Vertices.parametersOf(vertex).isEmpty()) {
                continue;
            }
            TokenPlan plan = TokenPlan.of(vertex, name, reach, owners);
            if (knowsOwners(plan) && OutputLoss.of(Vertices.layerOf(vertex)) == null) {
                check(inspection, name);
                trunk.put(name, plan);
            }
        }
        if (trunk.isEmpty()) {
            inspection.problem(
                    "trunk must have layers downstream of the fusion that work on sequences of tokens, got none: leave trunk(true) out, or put the features of sequences in front of their steps (NCW)");
        }
        return trunk;
    }

    private static boolean knowsOwners(TokenPlan plan) {
        return Stream.concat(Stream.of(plan.output()), plan.attention().stream())
                .flatMap(List::stream)
                .anyMatch(range -> range.owner() != null);
    }

    private static void check(Inspection inspection, String name) {
        GraphVertex vertex = inspection.vertex(name);
        IUpdater given = inspection.settings().updater();
        for (IUpdater own : Updaters.trained(vertex).values()) {
            IUpdater updater = given == null ? own : given;
            if (!ModulatedUpdater.isLinear(updater)) {
                inspection.problem(
                        "updater of trunk layer \"%s\" must be Sgd or Nesterovs, got %s: a factor on the gradient would cancel; leave trunk(true) out",
                        name, updater.getClass().getSimpleName());
                break;
            }
        }
        if (Vertices.layersOf(vertex).stream().anyMatch(Vertices::isRandom)) {
            inspection.problem(
                    "trunk layer \"%s\" must have no dropout or weight noise of its own, because its backward pass runs twice: put a DropoutLayer after it",
                    name);
        }
    }
}
