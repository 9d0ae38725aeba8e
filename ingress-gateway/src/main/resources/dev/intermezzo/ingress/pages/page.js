// A page that changes by itself asks for the payment's state until it differs from what it shows; a page that leads on
// does so after a while. Without this script both are left to the browser's refresh.
(function () {
  "use strict";

  function follow(page) {
    var told = document.getElementById("told");
    var sequence = Number(page.dataset.sequence);
    var pause = 0;

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
          if (now === null) {
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

  var live = document.getElementById("live");
  var forward = document.getElementById("forward");
  if (live) {
    follow(live);
  }
  if (forward) {
    lead(forward);
  }
})();
