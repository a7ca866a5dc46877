"use strict";
const main = document.querySelector("main");
const pages = [...document.querySelectorAll(".page")];
const where = document.getElementById("where");

for (const box of document.querySelectorAll("[data-toggle]")) {
  const show = () => main.classList.toggle("show-" + box.dataset.toggle, box.checked);
  box.addEventListener("change", show);
  show();
}

function current() {
  const edge = document.querySelector("header").offsetHeight + 40;
  let found = 0;
  pages.forEach((page, index) => { if (page.getBoundingClientRect().top <= edge) found = index; });
  return found;
}

function tell() { where.textContent = (pages.length ? current() + 1 : 0) + " / " + pages.length; }

function go(step) {
  const target = pages[Math.max(0, Math.min(pages.length - 1, current() + step))];
  if (target) target.scrollIntoView();
  tell();
}

document.getElementById("previous").addEventListener("click", () => go(-1));
document.getElementById("next").addEventListener("click", () => go(1));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input[type=search], textarea")) return;
  if (event.key === "j") go(1);
  if (event.key === "k") go(-1);
});
addEventListener("scroll", tell, { passive: true });
tell();

// A box and what stands for it in the text or the table light up together.
for (const shape of document.querySelectorAll("[data-for]")) {
  const partner = document.getElementById(shape.dataset.for);
  if (!partner) continue;
  const light = (on) => [shape, partner].forEach((one) => one.classList.toggle("lit", on));
  for (const one of [shape, partner]) {
    one.addEventListener("mouseenter", () => light(true));
    one.addEventListener("mouseleave", () => light(false));
    one.addEventListener("focus", () => light(true));
    one.addEventListener("blur", () => light(false));
  }
  shape.addEventListener("click", () => partner.scrollIntoView({ block: "nearest" }));
}
