/** What people read: the description of a modulation, and what each modality contributes. */
package org.ogm4j.report;
