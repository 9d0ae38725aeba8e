@NullMarked
package dev.intermezzo.orchestrator.shop;

import org.jspecify.annotations.NullMarked;
