/**
 * Makes runs. {@link org.ogm4j.study.run.Job} is one that is to be there, {@link
 * org.ogm4j.study.run.Trainer} trains it, {@link org.ogm4j.study.run.RunRecord} is what is kept of
 * it, {@link org.ogm4j.study.run.Comparison} makes all that are missing, {@link
 * org.ogm4j.study.run.Tuning} chooses points.
 */
package org.ogm4j.study.run;
