/** What computes: threads, and whether oneDNN runs the convolutions. */
package org.ogm4j.study.machine;
