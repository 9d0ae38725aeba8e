// Asks for the payment's state until it differs from what the page shows. Without this script the page reloads itself.
(function () {
  "use strict";
  var page = document.getElementById("live");
  var sequence = Number(page.dataset.sequence);
  var pause = 0;

  function look() {
    fetch(page.dataset.stateAddress + "?after=" + sequence, { credentials: "same-origin", cache: "no-store" })
      .then(function (answer) {
        if (answer.status === 404 || answer.status === 410) {
          window.location.reload();
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
        if (now.redirect !== null && now.redirect !== page.dataset.shown) {
          // Replaced, so that going back from there does not lead through this page again.
          window.location.replace(now.redirect);
        } else if (now.state !== page.dataset.state) {
          window.location.reload();
        } else {
          sequence = Math.max(sequence, now.sequence);
          window.setTimeout(look, 250);
        }
      })
      .catch(function () {
        pause = Math.min(10000, pause * 2 + 1000);
        window.setTimeout(look, pause);
      });
  }

  look();
})();
