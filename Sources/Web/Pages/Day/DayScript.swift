/// Keys of a rep's day: two of them accept or reject a lead.
enum DayScript {
    static let text = #"""
        (() => {
          "use strict";
          const cards = () => [...document.querySelectorAll("[data-day] article.card")];
          const deeds = (card) => [...card.querySelectorAll("details.deed")];
          const close = (card) => { for (const deed of deeds(card)) deed.open = false; };
          document.addEventListener("keydown", (event) => {
            if (event.ctrlKey || event.metaKey || event.altKey) return;
            const all = cards();
            if (all.length === 0) return;
            const card = event.target.closest("[data-day] article.card");
            if (event.key === "Escape" && card) {
              close(card);
              return card.focus();
            }
            if (event.target.closest("input, select, textarea")) return;
            const place = all.indexOf(card);
            if (event.key === "j" || event.key === "k") {
              event.preventDefault();
              const next = event.key === "j" ? Math.min(place + 1, all.length - 1) : Math.max(place - 1, 0);
              return all[next].focus();
            }
            if (!card) return;
            const open = deeds(card).find((deed) => deed.open);
            if (open && /^[1-9]$/.test(event.key)) {
              const button = open.querySelectorAll("button")[Number(event.key) - 1];
              if (button) { event.preventDefault(); button.focus(); button.click(); }
              return;
            }
            const wanted = deeds(card).find((deed) => deed.dataset.key === event.key);
            if (!wanted) return;
            event.preventDefault();
            close(card);
            wanted.open = true;
            const field = ["t", "h"].includes(event.key) ? "select, textarea" : "button";
            wanted.querySelector(field).focus();
          });
          // One thing at a time: opening one closes the others of its lead.
          document.addEventListener("toggle", (event) => {
            if (!event.target.open || !event.target.matches("details.deed")) return;
            for (const deed of deeds(event.target.closest("article, section, main"))) {
              if (deed !== event.target) deed.open = false;
            }
          }, true);
        })();

        """#
}
