@NullMarked
package dev.intermezzo.partners.mozello.manifest;

import org.jspecify.annotations.NullMarked;
