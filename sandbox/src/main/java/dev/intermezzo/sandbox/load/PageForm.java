package dev.intermezzo.sandbox.load;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form of a page as a buyer finds it: where it goes and what it already holds, boxes ticked, first choices taken.
 *
 * @param action resolved against the page's address
 */
record PageForm(URI action, Map<String, String> fields) {

    private static final Pattern FORM = Pattern.compile("(?is)<form\\b([^>]*)>(.*?)</form>");
    private static final Pattern INPUT = Pattern.compile("(?is)<input\\b([^>]*)>");
    private static final Pattern SELECT = Pattern.compile("(?is)<select\\b([^>]*)>(.*?)</select>");
    private static final Pattern OPTION = Pattern.compile("(?is)<option\\b([^>]*)>");
    private static final Set<String> WITHOUT_VALUE = Set.of("submit", "button", "reset", "image");

    /** The first form whose action ends so, if the page has one. */
    static Optional<PageForm> find(Browser.Reply page, String actionSuffix) {
        Matcher form = FORM.matcher(page.body());
        while (form.find()) {
            String action = attribute(form.group(1), "action");
            if (action.endsWith(actionSuffix)) {
                return Optional.of(new PageForm(page.address().resolve(action), fields(form.group(2))));
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> fields(String markup) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher input = INPUT.matcher(markup);
        while (input.find()) {
            String name = attribute(input.group(1), "name");
            if (!name.isEmpty() && !WITHOUT_VALUE.contains(attribute(input.group(1), "type"))) {
                fields.putIfAbsent(name, attribute(input.group(1), "value"));
            }
        }
        Matcher select = SELECT.matcher(markup);
        while (select.find()) {
            fields.putIfAbsent(attribute(select.group(1), "name"), choice(select.group(2)));
        }
        return fields;
    }

    private static String choice(String options) {
        Matcher option = OPTION.matcher(options);
        String first = "";
        while (option.find()) {
            String value = attribute(option.group(1), "value");
            if (Pattern.compile("\\bselected\\b").matcher(option.group(1)).find()) {
                return value;
            }
            first = first.isEmpty() ? value : first;
        }
        return first;
    }

    private static String attribute(String tag, String name) {
        Matcher quoted = Pattern.compile("(?is)(?:^|\\s)" + name + "\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')")
                .matcher(tag);
        if (!quoted.find()) {
            return "";
        }
        String value = quoted.group(1) == null ? quoted.group(2) : quoted.group(1);
        return value.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&#34;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
