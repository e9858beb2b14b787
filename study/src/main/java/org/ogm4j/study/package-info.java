/**
 * Methods side by side on a network and data of one's own. {@link org.ogm4j.study.Study} is where
 * to begin; {@link org.ogm4j.study.StudyData} and {@link org.ogm4j.study.Split} are the data,
 * {@link org.ogm4j.study.Method}, {@link org.ogm4j.study.Trial} and {@link org.ogm4j.study.Course}
 * how networks are trained, {@link org.ogm4j.study.StudyResult} and {@link org.ogm4j.study.Run}
 * what comes out.
 *
 * <p>This package is what users name, with {@link org.ogm4j.study.watch}, which watches any
 * training, and the loaders; all else below it may change.
 */
package org.ogm4j.study;
