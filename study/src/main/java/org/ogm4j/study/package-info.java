/** Methods side by side on a network and data of one's own. */
package org.ogm4j.study;
