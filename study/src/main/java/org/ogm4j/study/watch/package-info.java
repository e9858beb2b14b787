/**
 * Watching a training while it runs: {@link org.ogm4j.study.watch.TensorBoardListener} and {@link
 * org.ogm4j.study.watch.CsvListener} write files, {@link org.ogm4j.study.watch.UiListener} stores
 * for a page in DL4J's UI; all the same numbers. {@link org.ogm4j.study.watch.WatchingListener} is
 * what they share, {@code StepNumbers} what is written.
 */
package org.ogm4j.study.watch;
