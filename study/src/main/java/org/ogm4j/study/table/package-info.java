/**
 * Numbers of runs side by side: {@link org.ogm4j.study.table.Result} is a row of a run, {@link
 * org.ogm4j.study.table.Summary} one {@link org.ogm4j.study.table.Metric} of a method over runs;
 * {@link org.ogm4j.study.table.ResultFiles} writes them.
 */
package org.ogm4j.study.table;
