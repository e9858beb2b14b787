/**
 * What DL4J's training on Apache Spark lacks, with or without modulation.
 *
 * <ul>
 *   <li>{@link org.ogm4j.spark.DriverCounters} tells the workers how far training is, so that
 *       windows of epochs, schedules and random numbers go on from round to round.
 *   <li>{@link org.ogm4j.spark.GuardedTraining} saves the network after every epoch, and ends a
 *       training that hangs; {@link org.ogm4j.spark.TrainingStoppedException} says where to go on.
 *   <li>{@link org.ogm4j.spark.WorkerListener} sends what modulation does on the workers, a {@link
 *       org.ogm4j.spark.WorkerStep} for each step, to the driver.
 * </ul>
 *
 * <pre>
 * Arrivals    the accumulators that tasks of this process came with
 * StepCount   an accumulator: how many steps, and how far
 * Progress    what the driver hears of the workers while they train
 * </pre>
 */
package org.ogm4j.spark;
