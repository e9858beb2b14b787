package org.ogm4j.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.ogm4j.score.FeatureSlice;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.score.Readout;
import org.ogm4j.tokens.ModalityReach;

/**
 * An output whose logits are a sum over modalities: the rows of an output layer's weights after a
 * concatenation, or one linear head per modality before a sum.
 *
 * @param readouts where the logits of each modality that reaches the output come from
 * @param heads the layers that are a modality's own head
 * @param kind for people to read
 */
record HeadSplit(Map<String, Readout> readouts, Set<String> heads, String kind) {

    /**
     * Splits an output.
     *
     * @param head of a network output that several modalities reach
     * @param fusion what its logits are computed from, dropout aside
     * @return empty if it cannot be split
     */
    static Optional<HeadSplit> of(Inspection inspection, OutputHead head, String fusion) {
        if (!SplittableHeads.flattensPlainly(inspection.vertex(head.output()))) {
            return Optional.empty();
        }
        Map<FeatureSlice, String> leaves = new LinkedHashMap<>();
        if (head.linear() != null) {
            boolean merged =
                    SplittableHeads.flattensPlainly(inspection.vertex(head.linear()))
                            && SplittableHeads.isMerge(inspection, fusion)
                            && expand(inspection, fusion, MergeVertex.class, leaves);
            return merged ? Optional.of(concatenation(inspection, head, leaves)) : Optional.empty();
        }
        boolean sum =
                SplittableHeads.isAdd(inspection.vertex(fusion))
                        && expand(inspection, fusion, ElementWiseVertex.class, leaves);
        return sum ? sum(inspection, head, leaves.values()) : Optional.empty();
    }

    private static HeadSplit concatenation(
            Inspection inspection, OutputHead head, Map<FeatureSlice, String> leaves) {
        Set<String> modalities = inspection.reach().modalitiesOf(head.output());
        Map<String, Readout> readouts = new LinkedHashMap<>();
        for (String modality : modalities) {
            List<FeatureSlice> slices = new ArrayList<>();
            leaves.forEach(
                    (slice, source) -> {
                        boolean own = inspection.reach().isOnly(source, modality);
                        slices.add(new FeatureSlice(slice.vertex(), slice.input(), own));
                    });
            readouts.put(
                    modality,
                    new HeadReadout(
                            head.output(),
                            head.linear(),
                            slices,
                            1.0 / modalities.size(),
                            head.otherActivation()));
        }
        return new HeadSplit(readouts, Set.of(), "concatenation");
    }

    private static Optional<HeadSplit> sum(
            Inspection inspection, OutputHead output, Iterable<String> heads) {
        ModalityReach reach = inspection.reach();
        Map<String, Readout> readouts = new LinkedHashMap<>();
        Map<String, String> headOf = new LinkedHashMap<>();
        for (String head : heads) {
            String modality = reach.modalitiesOf(head).iterator().next();
            if (!SplittableHeads.isLinear(inspection.layerOf(head))
                    || !SplittableHeads.flattensPlainly(inspection.vertex(head))
                    || headOf.put(modality, head) != null) {
                return Optional.empty();
            }
            readouts.put(
                    modality, HeadReadout.whole(output.output(), head, output.otherActivation()));
        }
        return readouts.size() == reach.modalitiesOf(output.output()).size()
                ? Optional.of(new HeadSplit(readouts, Set.copyOf(headOf.values()), "sum"))
                : Optional.empty();
    }

    /**
     * Collects what a vertex of some kind joins, through vertices of the same kind; false if a part
     * is of no one.
     */
    private static boolean expand(
            Inspection inspection,
            String vertex,
            Class<? extends GraphVertex> kind,
            Map<FeatureSlice, String> leaves) {
        if (!SplittableHeads.isMerge(inspection, vertex)
                && !SplittableHeads.isAdd(inspection.vertex(vertex))) {
            return false;
        }
        List<String> inputs = inspection.reach().inputsOf(vertex);
        for (int input = 0; input < inputs.size(); input++) {
            String source = inputs.get(input);
            if (inspection.reach().modalitiesOf(source).size() == 1) {
                leaves.put(new FeatureSlice(vertex, input, true), source);
            } else if (!kind.isInstance(inspection.vertex(source))
                    || !expand(inspection, source, kind, leaves)) {
                return false;
            }
        }
        return true;
    }
}
