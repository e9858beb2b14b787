package org.ogm4j.study.run;

import org.ogm4j.study.Scores;
import org.ogm4j.study.TrainingStep;

/** Is told how training goes on. */
public interface Monitor {

    /** Something begins: an epoch, or what a method does besides. */
    void begin(String task);

    /** One step has been taken. */
    void step(TrainingStep step);

    /** An epoch has ended. */
    void validated(int epoch, Scores scores);
}
