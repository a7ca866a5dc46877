"use strict";
const find = document.getElementById("find");

function filter() {
  const wanted = find.value.trim().toLowerCase();
  for (const row of document.querySelectorAll("tbody tr")) {
    row.hidden = Boolean(wanted) && !row.textContent.toLowerCase().includes(wanted);
  }
}

find.addEventListener("input", filter);
filter();
