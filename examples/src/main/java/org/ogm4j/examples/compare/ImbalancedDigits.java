package org.ogm4j.examples.compare;

import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.signal.SignalPath;
import org.ogm4j.examples.training.DigitSource;
import org.ogm4j.examples.training.Settings;
import org.ogm4j.examples.training.Source;
import org.ogm4j.examples.training.SourceSplit;
import org.ogm4j.study.Split;
import org.ogm4j.study.StudyData;

/** Digits with the noise of one imbalance; prepared once for runs of equal seed that follow. */
final class ImbalancedDigits implements StudyData {

    private final DigitData digits;
    private final DataFormat format;
    private final Imbalance imbalance;
    private final Settings settings;
    private final String content;
    private Source prepared;
    private long preparedSeed;

    /**
     * Of digits that were read.
     *
     * @param settings with the batch size
     * @param content the digest of the digits
     */
    ImbalancedDigits(
            DigitData digits,
            DataFormat format,
            Imbalance imbalance,
            Settings settings,
            String content) {
        this.digits = digits;
        this.format = format;
        this.imbalance = imbalance;
        this.settings = settings;
        this.content = content;
    }

    String name() {
        return imbalance.of(format);
    }

    String note() {
        return imbalance.note(format);
    }

    @Override
    public Split split(long seed, int fold) {
        if (prepared == null || preparedSeed != seed) {
            prepared =
                    new DigitSource(
                            digits, SignalPath.fit(digits.train(), imbalance.noise(format), seed));
            preparedSeed = seed;
        }
        return new SourceSplit(prepared, settings.withSeed(seed));
    }

    /** Batch size and noise make other batches of the same digits. */
    @Override
    public String digest(long seed, int fold) {
        return "%s, %s, batch %d".formatted(content, imbalance.noise(format), settings.batch());
    }
}
