/**
 * What error signals at the gates are like: {@link org.ogm4j.meter.SignalMeter} compares a
 * modality's joint signal with its own. It reads, and changes nothing.
 */
package org.ogm4j.meter;
