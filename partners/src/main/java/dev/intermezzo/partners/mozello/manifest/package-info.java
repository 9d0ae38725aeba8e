/**
 * The manifest of a public payment gateway: what Mozello is told about it, and which fields merchants fill in (Payment API,
 * public integration). Rules that the material states are problems when broken; where it contradicts itself, or says nothing,
 * there is a note.
 */
@NullMarked
package dev.intermezzo.partners.mozello.manifest;

import org.jspecify.annotations.NullMarked;
