/**
 * Files that are there whole or not at all: {@link org.ogm4j.study.store.RunStore} keeps the
 * finished runs, {@link org.ogm4j.study.store.RunLock} says which are under way.
 */
package org.ogm4j.study.store;
