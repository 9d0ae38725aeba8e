package dev.intermezzo.ingress;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form that a page of refusal offers to send again, read as a browser reads and sends it. */
record HiddenForm(String address, Map<String, String> fields) {

    private static final Pattern FORM = Pattern.compile(
            "<form id=\"([^\"]+)\" method=\"post\" action=\"([^\"]+)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern INPUT =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">", Pattern.DOTALL);

    static HiddenForm of(String page) {
        Matcher form = FORM.matcher(page);
        if (!form.find() || !form.group(1).equals("again")) {
            throw new AssertionError("the page offers no form: " + page);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        INPUT.matcher(form.group(3)).results().forEach(input -> fields.put(text(input.group(1)), text(input.group(2))));
        return new HiddenForm(text(form.group(2)), fields);
    }

    /** The address of the form with this id. */
    static String action(String page, String id) {
        return FORM.matcher(page)
                .results()
                .filter(form -> form.group(1).equals(id))
                .map(form -> text(form.group(2)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no form " + id));
    }

    /** Line ends are read as LF and sent as CR LF (HTML, "preprocessing the input stream", "form submission"). */
    private static String text(String escaped) {
        return escaped.replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("\r\n|\r|\n", "\r\n");
    }
}
