/**
 * What DL4J keeps where. All that knows its internals is here: the only reflection, the walks
 * through its layers and vertices, the updaters in them, the types of their outputs.
 */
package org.ogm4j.host;
