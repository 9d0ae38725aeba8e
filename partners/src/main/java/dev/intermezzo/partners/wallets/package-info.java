/** Addresses of cryptocurrencies, checked before money is ever sent to one: what is sent to a wrong one is gone. */
@NullMarked
package dev.intermezzo.partners.wallets;

import org.jspecify.annotations.NullMarked;
