package dev.intermezzo.sandbox.shop;

/** One field of a form, decoded, in its place. */
public record FormField(String name, String value) {}
