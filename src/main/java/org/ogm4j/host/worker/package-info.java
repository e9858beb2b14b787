/**
 * Who trains: the workers of DL4J's distributed training.
 *
 * <pre>
 * Worker      its number, from ParallelWrapper's thread or Spark's partition
 * SparkTask   what Spark knows of it, where Spark is there
 * Meeting     where the replicas of a ParallelWrapper wait for one another in a step
 * Trainers    these replicas, as ParallelWrapper keeps them
 * </pre>
 */
package org.ogm4j.host.worker;
