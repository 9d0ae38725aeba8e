package dev.intermezzo.ingress.pages;

/** One of several values to choose from. */
record Choice(String value, String label, boolean selected) {}
