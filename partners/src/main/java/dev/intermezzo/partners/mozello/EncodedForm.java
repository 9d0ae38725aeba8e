package dev.intermezzo.partners.mozello;

/** A form ready to be sent: the {@code Content-Type} header and the body. */
public final class EncodedForm {

    private final String contentType;
    private final byte[] body;

    EncodedForm(String contentType, byte[] body) {
        this.contentType = contentType;
        this.body = body.clone();
    }

    public String contentType() {
        return contentType;
    }

    /** A copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    @Override
    public String toString() {
        return "EncodedForm[" + contentType + ", " + body.length + " bytes]";
    }
}
