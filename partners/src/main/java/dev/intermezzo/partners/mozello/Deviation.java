package dev.intermezzo.partners.mozello;

/**
 * One way in which a signature was made otherwise than Mozello makes it.
 *
 * @param code a stable code
 * @param sentence what was done, for an integrator; it names fields and keys by their names, never by their values
 */
public record Deviation(String code, String sentence) {}
