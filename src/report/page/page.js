"use strict";
(function () {
  document.documentElement.classList.add("js");
  const words = new Intl.Collator("zh-Hans-CN", { numeric: true });
  const fold = (text) => text.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
  const textOf = (row, at) => (row.cells[at] ? row.cells[at].textContent.trim() : "");

  // What is not there, or is no number where numbers stand, comes last either way.
  function sort(table, at, way) {
    const body = table.tBodies[0];
    const numbers = table.tHead.rows[0].cells[at].hasAttribute("data-number");
    const keyed = Array.from(body.rows, (row) => {
      const cell = row.cells[at];
      const text = cell ? cell.dataset.key || cell.textContent.trim() : "";
      const number = Number.parseFloat(text);
      return { row, text, number, none: text === "" || text === "—" || (numbers && Number.isNaN(number)) };
    });
    keyed.sort((one, other) => {
      if (one.none || other.none) { return one.none - other.none; }
      return way * (numbers ? one.number - other.number : words.compare(one.text, other.text));
    });
    body.append(...keyed.map((one) => one.row));
    table.classList.add("resorted");
  }

  for (const table of document.querySelectorAll("table.sorted")) {
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        for (const other of heads) { other.removeAttribute("aria-sort"); }
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        sort(table, at, up ? 1 : -1);
      });
      head.append(button);
    });
  }

  for (const find of document.querySelectorAll(".find")) {
    const table = document.getElementById(find.dataset.for);
    const count = find.querySelector(".count");
    const fields = Array.from(find.querySelectorAll("input, select"));
    const show = () => {
      const wanted = fields.map((field) => ({
        at: field.dataset.col,
        whole: field.tagName === "SELECT",
        text: field.tagName === "SELECT" ? field.value : fold(field.value),
      })).filter((one) => one.text !== "");
      let shown = 0;
      for (const row of table.tBodies[0].rows) {
        const fits = wanted.every((one) => {
          if (one.whole) { return textOf(row, one.at) === one.text; }
          return fold(one.at === undefined ? row.textContent : textOf(row, one.at)).includes(one.text);
        });
        row.hidden = !fits;
        if (fits) { shown += 1; }
      }
      const all = table.tBodies[0].rows.length;
      count.textContent = shown === all ? "共" + all + "行" : "找到" + shown + "行，共" + all + "行";
    };
    let waiting = 0;
    for (const field of fields) {
      field.addEventListener(field.tagName === "SELECT" ? "change" : "input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(show, field.tagName === "SELECT" ? 0 : 120);
      });
    }
    const more = find.querySelector(".more");
    if (more) {
      more.addEventListener("click", () => {
        more.setAttribute("aria-pressed", String(table.classList.toggle("all")));
      });
    }
  }

  // Who opens a society's page reads on at its heading, and comes back to where it was opened.
  let opener = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("main a[href^='#']");
    if (link) { opener = link; }
  });
  window.addEventListener("hashchange", () => {
    const there = document.getElementById(location.hash.slice(1));
    if (there && there.matches(".society")) {
      window.scrollTo(0, 0);
      there.querySelector("h2").focus({ preventScroll: true });
    } else if (opener) {
      opener.focus();
    }
  });

  // What is printed is complete: numbers behind charts are opened for it. Heads that hold buttons are not repeated on
  // every sheet of paper, so that they hold none meanwhile.
  const closed = [];
  const bare = [];
  window.addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("details:not([open])")) { one.open = true; closed.push(one); }
    for (const button of document.querySelectorAll("thead button")) {
      const head = button.parentNode;
      head.append(...button.childNodes);
      button.remove();
      bare.push([head, button]);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const one of closed.splice(0)) { one.open = false; }
    for (const [head, button] of bare.splice(0)) {
      button.append(...head.childNodes);
      head.append(button);
    }
  });
})();
