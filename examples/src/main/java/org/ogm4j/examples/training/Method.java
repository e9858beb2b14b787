package org.ogm4j.examples.training;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.Balance;
import org.ogm4j.GradientNoise;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.study.Course;
import org.ogm4j.study.Trial;
import org.ogm4j.study.method.KnownMethod;
import org.ogm4j.study.network.MultimodalNetwork;
import org.ogm4j.study.network.Updater;

/**
 * How the network is trained: any method that the study knows, one modality alone, or naively.
 *
 * @param name on the command line and in tables
 * @param known the study's method that it is, or is most like
 */
public record Method(String name, KnownMethod known) {

    private static final String ONLY = "-only";

    /**
     * The coefficient on the gradient, without noise, in front of any updater. In front of an
     * adaptive one a constant coefficient cancels: this is here to show what that does.
     */
    static final Method NAIVE = new Method("naive", KnownMethod.OGM);

    /** As DL4J trains it. */
    public static final Method PLAIN = new Method(KnownMethod.PLAIN);

    /** The published method. */
    public static final Method OGM_GE = new Method(KnownMethod.OGM_GE);

    /** All there are. */
    public static final List<Method> ALL =
            Stream.of(
                            Stream.of(KnownMethod.values())
                                    .filter(each -> each != KnownMethod.ALONE)
                                    .map(Method::new),
                            Stream.of(Modality.values())
                                    .map(each -> each.input() + ONLY)
                                    .map(name -> new Method(name, KnownMethod.ALONE)),
                            Stream.of(NAIVE))
                    .flatMap(each -> each)
                    .toList();

    /** The study's, under its name. */
    Method(KnownMethod known) {
        this(known.toString(), known);
    }

    /** The names of all, for a list of choices. */
    public static final class Names implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return ALL.stream().map(Method::name).iterator();
        }
    }

    /** The settings that count: methods of Adam have its name, and its rate unless it is given. */
    public Settings settings(Settings given) {
        return known.usesAdam() && given.updater() != Updater.ADAM
                ? given.with(Updater.ADAM, Updater.ADAM.defaultRate())
                : given;
    }

    /** Whether the network reads one modality only, so that there is nothing to balance. */
    public boolean isUnimodal() {
        return known == KnownMethod.ALONE;
    }

    /** As the study trains with it. */
    org.ogm4j.study.Method of(Settings settings) {
        if (isUnimodal()) {
            return org.ogm4j.study.Method.alone(name.replace(ONLY, ""));
        }
        if (equals(NAIVE)) {
            return trial -> Course.of(naive(trial, settings));
        }
        boolean early = known.actsEarly();
        int epochs = early ? settings.modulatedEpochs() : settings.epochs();
        return known.method(early ? settings.alpha() : null, 0, epochs - 1);
    }

    /**
     * The library refuses to do this: modulates a network of SGD, and changes its updaters then.
     */
    private static ComputationGraph naive(Trial trial, Settings settings) {
        double alpha = settings.alpha() == null ? NAIVE.known.strength() : settings.alpha();
        ComputationGraph modulated =
                Balance.ogmGe(trial.strength(alpha))
                        .epochs(0, settings.modulatedEpochs() - 1)
                        .noise(GradientNoise.none())
                        .updater(new Sgd())
                        .build()
                        .modulate(trial.plain());
        ComputationGraphConfiguration conf = modulated.getConfiguration().clone();
        MultimodalNetwork.setUpdaters(conf, settings.updater().withRate(settings.learningRate()));
        ComputationGraph graph = new ComputationGraph(conf);
        graph.init(modulated.params(), true);
        return graph;
    }

    @Override
    public String toString() {
        return name;
    }
}
