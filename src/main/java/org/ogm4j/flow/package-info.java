/** Where each modality goes: vertices, tokens, and what each contributes to shared layers. */
package org.ogm4j.flow;
