"use strict";
(function () {
  const name = document.getElementById("name");
  const stars = document.getElementById("stars");
  const count = document.getElementById("count");
  const rows = Array.from(document.getElementById("list").rows);
  function show() {
    const wanted = name.value.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const text = row.cells[0].textContent.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
      const fits = text.includes(wanted) && (stars.value === "" || row.dataset.level === stars.value);
      row.hidden = !fits;
      if (fits) { shown += 1; }
    }
    count.textContent = shown === rows.length ? "共" + shown + "个" : "找到" + shown + "个，共" + rows.length + "个";
  }
  name.addEventListener("input", show);
  stars.addEventListener("change", show);
  show();
})();
