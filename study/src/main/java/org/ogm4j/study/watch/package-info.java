/**
 * Watching a training from files, while it runs: {@link org.ogm4j.study.watch.TensorBoardListener}
 * and {@link org.ogm4j.study.watch.CsvListener}, which write the same numbers. {@link
 * org.ogm4j.study.watch.WatchingListener} is what they share, {@code StepNumbers} what is written.
 */
package org.ogm4j.study.watch;
