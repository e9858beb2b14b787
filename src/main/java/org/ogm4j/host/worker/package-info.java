/**
 * Who trains: the workers of DL4J's distributed training.
 *
 * <pre>
 * Worker      its number, from ParallelWrapper's thread or Spark's partition
 * SparkTask   what Spark knows of it, where Spark is there
 * </pre>
 */
package org.ogm4j.host.worker;
