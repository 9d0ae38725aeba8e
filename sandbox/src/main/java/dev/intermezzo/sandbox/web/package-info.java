/** What both simulators need to serve pages: a loopback server that can also misbehave, and small semantic HTML. */
@NullMarked
package dev.intermezzo.sandbox.web;

import org.jspecify.annotations.NullMarked;
