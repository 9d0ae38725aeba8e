// A form is checked before it is sent, by the rules that the edge applies again. A page that changes by itself asks for the payment's state until it differs from what it shows; a page that leads on
// does so after a while. Without this script these two are left to the browser's refresh, and the form to the edge.
(function () {
  "use strict";

  function follow(page) {
    var told = document.getElementById("told");
    var sequence = Number(page.dataset.sequence);
    var pause = 0;
    var leaving = false;

    // A form's answer leads on by itself; news that it brought about must not overtake it.
    document.addEventListener("submit", function () { leaving = true; });

    // Replaced, so that going back from there does not lead through this page again.
    function go(address) {
      told.textContent = page.dataset.news;
      window.location.replace(address);
    }

    function look() {
      fetch(page.dataset.stateAddress + "?after=" + sequence, { credentials: "same-origin", cache: "no-store" })
        .then(function (answer) {
          if (answer.status === 404 || answer.status === 410) {
            go(page.dataset.page);
            return null;
          }
          if (!answer.ok) {
            throw new Error("not now");
          }
          return answer.json();
        })
        .then(function (now) {
          if (now === null || leaving) {
            return;
          }
          pause = 0;
          told.textContent = "";
          if (now.redirect !== null && now.redirect !== page.dataset.shown) {
            go(now.redirect);
          } else if (now.state !== page.dataset.state || (now.redirect === null && page.dataset.shown !== "")) {
            // The second: the address that the page offers is used up, or its time is over.
            go(page.dataset.page);
          } else {
            sequence = Math.max(sequence, now.sequence);
            window.setTimeout(look, 250);
          }
        })
        .catch(function () {
          pause = Math.min(10000, pause * 2 + 1000);
          // Once is a hiccup and nobody's business.
          if (pause > 1000) {
            told.textContent = page.dataset.lost;
          }
          window.setTimeout(look, pause);
        });
    }

    look();
  }

  // Whoever presses a key or touches the page is busy with it and leaves it in their own time.
  function lead(page) {
    var timer = window.setTimeout(function () {
      window.location.replace(page.dataset.address);
    }, Number(page.dataset.seconds) * 1000);
    ["keydown", "pointerdown"].forEach(function (event) {
      window.addEventListener(event, function () { window.clearTimeout(timer); });
    });
  }

  // What is typed with blanks, dashes or brackets is judged without them, as the edge does.
  function plain(input) {
    var text = input.value.trim();
    if (input.type === "tel") {
      return text.replace(/[ \u00a0().\-\/]/g, "");
    }
    return input.id === "voucherPin" ? text.replace(/\s/g, "") : text;
  }

  function check(form) {
    var texts = form.dataset;

    function chosen() {
      var method = form.querySelector("input[name=provider]:checked");
      return method === null ? "" : method.value;
    }

    // What another method asks for is put away, and neither judged nor missed.
    function place() {
      form.querySelectorAll("[data-methods]").forEach(function (field) {
        var methods = field.dataset.methods;
        field.hidden = methods !== "" && methods.split(" ").indexOf(chosen()) < 0;
      });
    }

    function problem(input) {
      var text = plain(input);
      var rule = input.dataset;
      if (text === "") {
        return texts.missing;
      }
      if (rule.pattern && !new RegExp("^(?:" + rule.pattern + ")$", "u").test(text)) {
        return texts.invalid;
      }
      if (rule.least && text.length < Number(rule.least)) {
        return texts.short;
      }
      return rule.most && text.length > Number(rule.most) ? texts.long : "";
    }

    function tell(input, text) {
      var id = input.id + "-error";
      var error = document.getElementById(id);
      if (error === null) {
        error = document.createElement("span");
        error.id = id;
        error.className = "error";
        input.before(error);
      }
      error.textContent = text;
      input.setAttribute("aria-invalid", text === "" ? "false" : "true");
      var hint = document.getElementById(input.id + "-hint");
      input.setAttribute("aria-describedby", (hint === null ? "" : hint.id + " ") + id);
    }

    form.addEventListener("change", place);
    form.addEventListener("submit", function (event) {
      if (event.submitter !== null && event.submitter.formNoValidate) {
        return;
      }
      var wrong = Array.from(form.querySelectorAll(".field input, .field select")).filter(function (input) {
        if (input.closest(".field").hidden) {
          return false;
        }
        tell(input, problem(input));
        return input.getAttribute("aria-invalid") === "true";
      });
      if (wrong.length > 0) {
        event.preventDefault();
        wrong[0].focus();
      }
    });
    place();
  }

  var live = document.getElementById("live");
  var forward = document.getElementById("forward");
  if (live) {
    follow(live);
  }
  if (forward) {
    lead(forward);
  }
  var details = document.getElementById("details");
  if (details) {
    check(details);
  }
})();
