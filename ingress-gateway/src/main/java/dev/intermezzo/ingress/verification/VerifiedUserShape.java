package dev.intermezzo.ingress.verification;

/** How a verified user is described to Mozarto: the page that promises the expected answer is cut off before it. */
public enum VerifiedUserShape {
    /** The fields stand at the top: {@code {"userId": …, "email": …, …}}. */
    FLAT,
    /** In the shape of Mozarto's own answers: {@code {"status": "success", "isSuccess": true, "data": {…}}}. */
    DATA
}
