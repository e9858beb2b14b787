/**
 * Statistics of runs, in plain numbers: {@link org.ogm4j.study.stats.Estimate} of a mean, {@link
 * org.ogm4j.study.stats.Sampling} for what the repetitions share, {@link
 * org.ogm4j.study.stats.Holm} for many comparisons.
 */
package org.ogm4j.study.stats;
