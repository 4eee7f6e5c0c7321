internal import Hummingbird
internal import Roles

/// The one program in pages. Everything works without it; with it open pages hear of news, clocks count down, and lists can
/// be gone through by key.
enum AppScript {
    static let route = Route(.get, "/app.js", .lookWhetherItRuns, .api) { _ in
        var response = Response.text(text + DayScript.text, type: "text/javascript; charset=utf-8")
        response.headers[.cacheControl] = "public, max-age=300"
        return response
    }

    static let text = #"""
        "use strict";
        (() => {
          const main = () => document.getElementById("content");
          const news = document.getElementById("news");

          // Running clocks: what is left of them, each second near the end, each quarter of a minute before.
          const words = (milliseconds) => {
            const seconds = Math.floor(Math.abs(milliseconds) / 1000);
            const [days, hours] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24];
            const [minutes, rest] = [Math.floor(seconds / 60) % 60, seconds % 60];
            if (days > 9) return `${days} d`;
            if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
            if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
            return minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`;
          };
          const tick = () => {
            for (const clock of document.querySelectorAll("[data-due]")) {
              const left = Number(clock.dataset.due) - Date.now();
              clock.textContent = left > 0 ? `${words(left)} left` : `${words(left)} over`;
              clock.classList.toggle("late", left <= 0);
            }
          };
          setInterval(tick, 1000);

          // News: a page that may renew itself does, unless somebody is at work in it; others say that there is some.
          const isBusy = () => {
            const active = document.activeElement;
            const isInField = active && ["INPUT", "SELECT", "TEXTAREA"].includes(active.tagName);
            return isInField || !document.getSelection().isCollapsed || document.querySelector("details.menu[open]");
          };
          const tell = (facts) => {
            const sentence = facts ? "New facts have come. " : "Time has moved things on. ";
            const link = document.createElement("a");
            [link.href, link.textContent] = [location.href, "Show what is so now"];
            news.replaceChildren(sentence, link);
            news.hidden = false;
          };
          const renew = async () => {
            const response = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "error" });
            if (!response.ok) return;
            const page = new DOMParser().parseFromString(await response.text(), "text/html");
            const fresh = page.getElementById("content");
            if (!fresh || !fresh.dataset.moment) return;
            const open = [...main().querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
            for (const summary of fresh.querySelectorAll("details > summary")) {
              if (open.includes(summary.textContent)) summary.parentElement.open = true;
            }
            main().replaceWith(fresh);
            news.hidden = true;
            tick();
            label();
          };
          // Notices of this browser, for whoever turned them on: while a page is open, also one that nobody looks at.
          const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
          const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* not kept */ } };
          const mayShow = () => "Notification" in window && Notification.permission === "granted";
          const shows = () => mayShow() && kept("notices") === "on";
          const ask = async () => {
            const since = kept("notices-since");
            const answer = await fetch(since ? `/notices?since=${since}` : "/notices", { redirect: "error" });
            if (!answer.ok) return;
            const told = await answer.json();
            keep("notices-since", told.now);
            for (const notice of told.notices) {
              const shown = new Notification(notice.title, { body: notice.text, tag: notice.id, icon: "/icon.svg" });
              shown.addEventListener("click", () => { window.focus(); location.href = notice.path; });
            }
          };
          const turn = async () => {
            if (shows()) {
              keep("notices", "off");
            } else if (await Notification.requestPermission() === "granted") {
              keep("notices", "on");
              keep("notices-since", "");
              await ask();
              listen();
            }
            label();
          };
          const label = () => {
            if (!("Notification" in window)) return;
            for (const button of document.querySelectorAll("[data-notices]")) {
              button.hidden = false;
              button.textContent = shows() ? "Show no more notices in this browser" : "Show notices in this browser";
            }
          };
          document.addEventListener("click", (event) => { if (event.target.matches("[data-notices]")) turn(); });
          label();
          if (shows()) ask().catch(() => {});

          let stream;
          const listen = () => {
            if (stream || !news || !main().dataset.moment) return;
            stream = new EventSource("/live");
            stream.addEventListener("moment", (event) => {
              const told = JSON.parse(event.data);
              if (shows()) ask().catch(() => {});
              const shown = main().dataset;
              if (told.moment <= Number(shown.moment)) return;
              const facts = told.facts > Number(shown.facts);
              if (main().querySelector("[data-renews]") && !isBusy()) {
                renew().catch(() => tell(facts));
              } else {
                tell(facts);
              }
            });
          };
          // A page that nobody sees does not keep a connection: browsers have few.
          const look = () => {
            if (document.visibilityState === "visible" || shows()) return listen();
            if (stream) stream.close();
            stream = undefined;
          };
          document.addEventListener("visibilitychange", look);
          look();
          tick();

          // Keys, in lists of links: j and k go down and up, Enter opens, / goes to the search.
          document.addEventListener("keydown", (event) => {
            if (event.ctrlKey || event.metaKey || event.altKey) return;
            if (event.target.closest("input, select, textarea")) return;
            const links = [...document.querySelectorAll("[data-keys] tbody th a")];
            const place = links.indexOf(document.activeElement);
            if (event.key === "/") {
              const search = document.querySelector("input[type=search]");
              if (search) { event.preventDefault(); search.focus(); }
            } else if (links.length > 0 && event.key === "j") {
              links[Math.min(place + 1, links.length - 1)].focus();
            } else if (links.length > 0 && event.key === "k") {
              links[Math.max(place - 1, 0)].focus();
            }
          });
        })();

        """#
}
