/** The noise of the steps of decorated updaters: how much, and where it is drawn. */
package org.ogm4j.updater.noise;
