/**
 * Decorated updaters: for those that divide by the gradient's own size, the coefficient acts on the
 * finished step.
 */
package org.ogm4j.updater;
