package org.ogm4j.examples.training;

import java.util.List;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.ogm4j.Attribution;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.study.Run;
import org.ogm4j.study.Study;

/**
 * The main job: single runs on one set of data, on the thread that calls. Equal settings start all
 * methods from the same weights. The test examples are looked at once, after the last epoch.
 */
public final class Job {

    private static final String DATA = "data";
    private static final int ATTRIBUTED = 64;

    private final Source source;
    private final Settings settings;

    /** For networks of the data's sizes. */
    public Job(Source source, Settings settings) {
        this.source = source;
        this.settings = settings.withSizes(source.sizes());
    }

    /** Trains a new network. */
    public Trained train(Method method) {
        Run run =
                Study.of(seed -> settings.withSeed(seed).network())
                        .data(DATA, (seed, fold) -> new SourceSplit(source, settings))
                        .methods(new Contestant(method, settings).named(method.toString()))
                        .epochs(settings.epochs())
                        .train(method.toString(), DATA, settings.seed());
        return new Trained(method, run, attribution(run));
    }

    /** Where the layers of a trunk get their output and gradient from, on validation examples. */
    private Attribution attribution(Run run) {
        boolean oneAnswerOfBoth =
                run.graph().getNumInputArrays() == Modality.values().length
                        && run.graph().getNumOutputArrays() == 1;
        if (!settings.architecture().fusion().mixesTokens() || !oneAnswerOfBoth) {
            return new Attribution(List.of(), List.of());
        }
        MultiDataSet batch =
                source.validation().next(Math.min(ATTRIBUTED, source.evaluationBatch()));
        return ModulatedOptimizer.builder().build().attribution(run.graph(), batch);
    }
}
