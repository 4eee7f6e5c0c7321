/// What the page “Propose a change” does beside what it does without a script: findings as somebody writes, and a file that
/// is dropped on the text.
enum ProposalScript {
    static let text = """
        (function () {
          "use strict";
          const text = document.getElementById("text"), verdict = document.getElementById("verdict");
          if (!text || !verdict) return;
          const form = text.form;
          let timer = 0, asking = null;
          function check() {
            if (asking) asking.abort();
            asking = new AbortController();
            const body = new URLSearchParams();
            for (const name of ["form_token", "base", "text"]) body.set(name, form.elements[name].value);
            fetch("/agreement/propose/findings", { method: "POST", body: body, signal: asking.signal })
              .then(function (answer) { if (!answer.ok) throw new Error(answer.status); return answer.text(); })
              .then(function (page) { verdict.innerHTML = page; })
              .catch(function (error) {
                if (error.name === "AbortError") return;
                verdict.textContent = "The text could not be checked just now. Press “Check” to try it.";
              });
          }
          text.addEventListener("input", function () {
            clearTimeout(timer);
            timer = setTimeout(check, 500);
          });
          text.addEventListener("dragover", function (event) { event.preventDefault(); });
          text.addEventListener("drop", function (event) {
            const file = event.dataTransfer && event.dataTransfer.files[0];
            if (!file) return;
            event.preventDefault();
            if (file.size > 600000) { verdict.textContent = "This file is too large for an agreement."; return; }
            file.text().then(function (read) { text.value = read; check(); });
          });
        })();

        """
}
