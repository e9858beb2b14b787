package org.ogm4j.study.network;

import java.util.List;
import java.util.Locale;
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
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.ogm4j.study.words.Names;

/** DL4J's updaters, each with the learning rate that it gets where the user names none. */
public enum Updater {
    SGD(0.02),
    NESTEROVS(0.02),
    ADAM(0.001),
    ADAMW(0.001),
    AMSGRAD(0.001),
    ADAMAX(0.001),
    NADAM(0.001),
    RMSPROP(0.001),
    ADAGRAD(0.01),
    /** Has no learning rate of its own. */
    ADADELTA(1);

    private static final double MOMENTUM = 0.9;
    private static final double DECAY = 1e-4;
    private static final double DECOUPLED_DECAY = 1e-2;

    private final double defaultRate;

    Updater(double defaultRate) {
        this.defaultRate = defaultRate;
    }

    /** The learning rate where the user names none. */
    public double defaultRate() {
        return defaultRate;
    }

    /** The factor of what pulls weights to 0 where the user names none: 1e-4, for adamw 1e-2. */
    public double usualDecay() {
        return this == ADAMW ? DECOUPLED_DECAY : DECAY;
    }

    /** What pulls weights to 0: L2; for adamw weight decay times the learning rate. */
    Regularization decay(double factor) {
        return this == ADAMW ? new WeightDecay(factor, true) : new L2Regularization(factor);
    }

    /** The updater alone. */
    public IUpdater withRate(double learningRate) {
        return switch (this) {
            case SGD -> new Sgd(learningRate);
            case NESTEROVS -> new Nesterovs(learningRate, MOMENTUM);
            case ADAM, ADAMW -> new Adam(learningRate);
            case AMSGRAD -> new AMSGrad(learningRate);
            case ADAMAX -> new AdaMax(learningRate);
            case NADAM -> new Nadam(learningRate);
            case RMSPROP -> new RmsProp(learningRate);
            case ADAGRAD -> new AdaGrad(learningRate);
            case ADADELTA -> new AdaDelta();
        };
    }

    /** The one of this name. */
    @JsonCreator
    static Updater of(String name) {
        return Names.find("updater", List.of(values()), name);
    }

    /** The name in files and on command lines. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
