package dev.intermezzo.partners.mozello.manifest;

/**
 * Something about a manifest.
 *
 * @param problem a stated rule is broken; otherwise something to know, where the material contradicts itself or is silent
 * @param path where in the document, such as {@code payment_api_data_fields[0].id}; empty: the whole
 * @param code stable code for scripts
 * @param sentence what is so
 * @param remedy what to do about it
 */
public record ManifestFinding(boolean problem, String path, String code, String sentence, String remedy) {}
