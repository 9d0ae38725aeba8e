@NullMarked
package dev.intermezzo.partners.wallets;

import org.jspecify.annotations.NullMarked;
