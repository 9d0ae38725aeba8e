package dev.intermezzo.ingress.pages;

/** One of several payments that a buyer may have come back from. */
public record OpenPayment(String address, String shop, String invoice, String amount) {}
