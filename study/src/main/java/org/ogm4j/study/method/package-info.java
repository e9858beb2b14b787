/** The ready-made methods behind {@link org.ogm4j.study.Method}. */
package org.ogm4j.study.method;
