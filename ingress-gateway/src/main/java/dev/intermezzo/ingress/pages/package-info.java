/** The buyer's pages: server-rendered, small, usable without scripts, nothing foreign loaded. */
@NullMarked
package dev.intermezzo.ingress.pages;

import org.jspecify.annotations.NullMarked;
