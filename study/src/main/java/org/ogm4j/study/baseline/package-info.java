/**
 * Methods that other work proposes and that need a training of their own: {@link
 * org.ogm4j.study.baseline.Blending} and {@link org.ogm4j.study.baseline.LateAverage}.
 */
package org.ogm4j.study.baseline;
