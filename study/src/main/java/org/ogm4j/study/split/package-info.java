/** The ready-made data behind {@link org.ogm4j.study.StudyData}. */
package org.ogm4j.study.split;
