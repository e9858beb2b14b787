package org.ogm4j.examples.compare;

import java.util.Map;
import java.util.TreeMap;
import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.training.GradientBlending;
import org.ogm4j.examples.training.Method;
import org.ogm4j.examples.training.Settings;

/**
 * One run that is to be there.
 *
 * @param method how to train
 * @param imbalance which noise the signals get
 * @param settings the seed among them
 * @param format of the data
 * @param data the digest of its content
 */
record Job(Method method, Imbalance imbalance, Settings settings, DataFormat format, String data) {

    /** Counts up when runs of before cannot be compared with runs of today. */
    private static final int SCHEMA = 2;

    /** The same with what was chosen for its method. */
    Job with(double learningRate, double strength) {
        return new Job(method, imbalance, settings.with(learningRate, strength), format, data);
    }

    /** The name of the run's file: what it is, and a digest of everything that decides on it. */
    String key() {
        StringBuilder all = new StringBuilder("schema=" + SCHEMA + "\n");
        all.append("method=%s%nseed=%d%n".formatted(method, settings.seed()));
        decisive()
                .forEach((name, value) -> all.append(name).append('=').append(value).append('\n'));
        return "%s-seed%d-%s-%s-%s"
                .formatted(
                        method,
                        settings.seed(),
                        imbalance,
                        format,
                        Digest.of(all.toString().replace("\r", "")));
    }

    /**
     * Everything else that decides on the result. Where nothing is modulated the rule and its
     * epochs do not.
     */
    Map<String, String> decisive() {
        Map<String, String> all = new TreeMap<>();
        all.put("encoder", settings.architecture().encoder().toString());
        all.put("fusion", settings.architecture().fusion().toString());
        all.put("updater", settings.updater().toString());
        all.put("learningRate", Double.toString(settings.learningRate()));
        all.put("epochs", Integer.toString(settings.epochs()));
        all.put("batch", Integer.toString(settings.batch()));
        all.put("audioSnr", Double.toString(imbalance.noise(format).audioSnr()));
        all.put("imageNoise", Double.toString(imbalance.noise(format).imageNoise()));
        all.put("data", data);
        if (method.hasStrength() && !Double.isNaN(settings.strength())) {
            all.put("strength", Double.toString(settings.strength()));
        }
        if (method.blends()) {
            all.put("leastOverfitting", Double.toString(GradientBlending.LEAST_OVERFITTING));
        }
        if (method.modulates()) {
            all.put("rule", method.rule(settings).toString());
            all.put("modulatedEpochs", Integer.toString(settings.modulatedEpochs()));
        }
        return all;
    }
}
