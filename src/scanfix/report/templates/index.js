"use strict";
const only = document.getElementById("only");
const find = document.getElementById("find");

function filter() {
  const wanted = find.value.trim().toLowerCase();
  for (const row of document.querySelectorAll("#pages tbody tr")) {
    const fits = !wanted || row.textContent.toLowerCase().includes(wanted);
    row.hidden = !fits || (only.checked && !row.classList.contains("look"));
  }
}

only.addEventListener("change", filter);
find.addEventListener("input", filter);
filter();
