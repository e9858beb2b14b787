/** Names that people write. */
package org.ogm4j.study.words;
