package dev.intermezzo.ingress.pages;

import org.jspecify.annotations.Nullable;

/**
 * A refusal in one language. A page of refusal holds it in every language: most answer a form, whose address cannot simply
 * be asked for again in another one.
 *
 * @param page the way back to the payment's page, where there is one
 * @param again what the button says that sends the refused form again; empty when there is none
 * @param first whether this language is shown before another one is chosen
 */
record RefusalText(
        Texts texts, String sentence, String code, Action.@Nullable Link page, String again, boolean first) {}
