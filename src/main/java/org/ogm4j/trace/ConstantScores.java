package org.ogm4j.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.ogm4j.host.Zeros;
import org.ogm4j.score.ZeroOutReadout;

/**
 * Scores by zero-out that say nothing of their modality: whatever it holds, a product with the
 * zeros of another is 0.
 */
final class ConstantScores {

    /** What a vertex outputs when all modalities but one are at zero. */
    private enum Output {
        /** Zeros, whatever the parameters. */
        ZERO,
        /** Something else that does not depend on the one modality. */
        FIXED,
        /** It may depend on it. */
        ALIVE
    }

    private final Inspection inspection;
    private final Map<String, List<String>> shared;

    private ConstantScores(Inspection inspection, Map<String, List<String>> shared) {
        this.inspection = inspection;
        this.shared = shared;
    }

    /**
     * Takes out those of a modality that other outputs are scored for too, with a note. If none is
     * left, that is a problem.
     *
     * @param shared the vertices that scores by zero-out run, and whose their inputs are
     * @param scorings of each modality, changed in place
     */
    static void check(
            Inspection inspection,
            Map<String, List<String>> shared,
            Map<String, List<NetworkParts.Scoring>> scorings) {
        ConstantScores constant = new ConstantScores(inspection, shared);
        scorings.forEach(constant::check);
    }

    private void check(String modality, List<NetworkParts.Scoring> scorings) {
        List<NetworkParts.Scoring> constant = new ArrayList<>();
        for (NetworkParts.Scoring scoring : scorings) {
            if (scoring.readout() instanceof ZeroOutReadout readout
                    && alone(modality).get(readout.logits()) != Output.ALIVE) {
                constant.add(scoring);
            }
        }
        for (NetworkParts.Scoring scoring : constant) {
            String output = scoring.readout().output();
            if (constant.size() < scorings.size()) {
                inspection.note(
                        "output \"%s\" does not depend on \"%s\" where the other modalities are at zero: the score of \"%s\" is of other outputs"
                                .formatted(output, modality, modality));
            } else {
                inspection.problem(
                        "score of modality \"%s\" by zero-out at output \"%s\" must depend on its features, got a constant: with the other modalities at zero nothing of it gets through, because a product with 0 is 0; use score(\"%s\", ScoreSource.probe()), or make each factor by a layer of its own, with a bias, behind another layer",
                        modality, output, modality);
            }
        }
        if (constant.size() < scorings.size()) {
            scorings.removeAll(constant);
        }
    }

    private Map<String, Output> alone(String modality) {
        Map<String, Output> outputs = new HashMap<>();
        for (Map.Entry<String, List<String>> vertex : shared.entrySet()) {
            List<String> sources = inspection.reach().inputsOf(vertex.getKey());
            List<Output> inputs = new ArrayList<>();
            for (int input = 0; input < sources.size(); input++) {
                String owner = vertex.getValue().get(input);
                Output own = modality.equals(owner) ? Output.ALIVE : Output.ZERO;
                inputs.add(owner == null ? outputs.get(sources.get(input)) : own);
            }
            outputs.put(vertex.getKey(), output(inspection.vertex(vertex.getKey()), inputs));
        }
        return outputs;
    }

    private static Output output(GraphVertex vertex, List<Output> inputs) {
        boolean product =
                vertex instanceof ElementWiseVertex elementWise
                        && elementWise.getOp() == ElementWiseVertex.Op.Product;
        boolean killed =
                vertex instanceof AttentionVertex
                        ? inputs.get(2) == Output.ZERO // values
                        : product && inputs.contains(Output.ZERO);
        if (killed) {
            return Output.ZERO;
        }
        if (inputs.contains(Output.ALIVE)) {
            return Output.ALIVE;
        }
        boolean zero = !inputs.contains(Output.FIXED) && Zeros.stay(vertex);
        return zero ? Output.ZERO : Output.FIXED;
    }
}
