package dev.intermezzo.ingress.checkout;

import dev.intermezzo.partners.mozello.MozelloForm;
import java.util.Optional;

/**
 * A form whose signature holds.
 *
 * @param integrationId the private shop's, or the connection's that the form's order belongs to
 * @param keyId the key that made it
 * @param address where the browser came from
 * @param ourPage whether a page of ours sent it, in its second try. Browsers apply a page's {@code form-action} to
 *     redirects too, so that the way to the provider then leads over a page of ours
 */
record SignedForm(String integrationId, String keyId, MozelloForm form, Optional<String> address, boolean ourPage) {}
