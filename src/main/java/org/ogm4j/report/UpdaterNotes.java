package org.ogm4j.report;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.AdamVariant.Norm;
import org.ogm4j.GradientNoise;
import org.ogm4j.GradientNoise.Estimate;
import org.ogm4j.host.Updaters;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.trace.ModulationSettings;
import org.ogm4j.trace.NetworkParts;

/** In words, what coefficients and noise do where they act in updaters. */
final class UpdaterNotes {

    private final ComputationGraphConfiguration conf;
    private final ModulationSettings settings;
    private final NetworkParts parts;

    private UpdaterNotes(
            ComputationGraphConfiguration conf, ModulationSettings settings, NetworkParts parts) {
        this.conf = conf;
        this.settings = settings;
        this.parts = parts;
    }

    /**
     * One line for the Adam variant and one for the noise, or nothing.
     *
     * @param conf the network with its probes
     */
    static String of(
            ComputationGraphConfiguration conf, ModulationSettings settings, NetworkParts parts) {
        return new UpdaterNotes(conf, settings, parts).text();
    }

    private String text() {
        Collection<NetworkParts.Encoder> encoders = parts.encoders().values();
        StringBuilder text = new StringBuilder();
        if (encoders.stream().anyMatch(encoder -> encoder.updaters().variant())) {
            String k = settings.adam().stepCoefficient() ? "k" : "k = 1, as asked for,";
            text.append("Adam variant: %s on the step; %s.\n".formatted(k, moment()));
        }
        GradientNoise noise = settings.noiseInUpdaters();
        boolean decorated =
                encoders.stream()
                        .map(e -> e.updaters())
                        .anyMatch(NetworkParts.EncoderUpdaters::decorated);
        if (decorated && noise.active() && noise.estimate() == Estimate.MOMENTS) {
            text.append(
                    "Noise moments: on the gradient of Sgd and Nesterovs, on the step of all others, with the variance"
                            + " of the batch gradient from its running moments; from the sixth step on, and whatever k"
                            + " and p are.\n");
        }
        return text.toString();
    }

    /** Where p comes from. */
    private String moment() {
        if (!settings.adam().momentCoefficient()) {
            return "p = 1 on the first moment, as asked for";
        } else if (!settings.momentCoefficient()) {
            return "p = 1 on the first moment, since the rule is no function of a ratio";
        } else if (!parts.readsHeads()) {
            return "p = 1 on the first moment, since not all scores are from heads, whose gradient it follows";
        }
        Set<String> heads = new LinkedHashSet<>();
        for (NetworkParts.Encoder encoder : parts.encoders().values()) {
            encoder.readouts().forEach(readout -> heads.add(((HeadReadout) readout).head()));
        }
        for (String head : heads) {
            if (!Updaters.isTrained(conf.getVertices().get(head))) {
                return "p = 1 on the first moment, since head \"%s\", whose gradient it follows, is frozen"
                        .formatted(head);
            }
        }
        boolean literal = settings.adam().norm() == Norm.LITERAL;
        return "p on the first moment, from the gradient of %s in the step before%s, 1 where a modality does not lead"
                .formatted(
                        heads.stream()
                                .map("head \"%s\""::formatted)
                                .collect(Collectors.joining(", ")),
                        literal ? " as it is" : " over the length of its features");
    }
}
