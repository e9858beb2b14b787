package org.ogm4j.testing;

import java.util.stream.Stream;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** DL4J's updaters, without AdaBelief, which does not work. */
public final class Dl4jUpdaters {

    private Dl4jUpdaters() {}

    /** Those that divide by the size of the gradient. */
    public static Stream<IUpdater> adaptive() {
        return Stream.of(
                new Adam(0.01),
                new AdaMax(0.01),
                new AMSGrad(0.01),
                new Nadam(0.01),
                new RmsProp(0.01),
                new AdaGrad(0.05),
                new AdaDelta());
    }

    /** All of them. */
    public static Stream<IUpdater> all() {
        return Stream.concat(Stream.of(new Sgd(0.1), new Nesterovs(0.05, 0.9)), adaptive());
    }
}
