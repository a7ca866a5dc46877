"use strict";
// A page's name in the address never starts so.
const MARK = "#?";
const byId = (id) => document.getElementById(id);
const pages = [...document.querySelectorAll(".compared")];
const kinds = [...document.querySelectorAll("[name=kind]")];
const only = byId("only");
const find = byId("find");
const onePage = byId("page");
for (const part of document.querySelectorAll(".scripted")) part.hidden = false;

// What is asked of every line is looked up once.
const lines = pages.flatMap((page) => [...page.querySelectorAll(".line")].map((line) => ({
  line,
  page,
  rows: [0, 1].map((row) => [...line.querySelectorAll(".w")].map((word) => word.children[row].textContent).join(" ").toLowerCase()),
  differences: [...line.querySelectorAll(".d")],
})));
const spots = new Map();
for (const { line, differences } of lines) {
  for (const each of differences) spots.set(each, line.querySelector('.spot[data-of="' + each.dataset.of + '"]'));
}
let differences = [];
let current = null;

function filter() {
  const wanted = find.value.trim().toLowerCase();
  const on = new Set(kinds.filter((box) => box.checked).map((box) => box.value));
  differences = [];
  let shown = 0;
  for (const one of lines) {
    const left = one.differences.filter((each) => {
      const fits = on.has(each.dataset.kind);
      light(each, "off", !fits);
      return fits;
    });
    const isHere = !onePage.value || one.page.id === onePage.value;
    const fits = isHere && (!wanted || one.rows.some((row) => row.includes(wanted))) && (!only.checked || left.length > 0);
    one.line.hidden = !fits;
    shown += fits;
    if (fits) differences.push(...left);
  }
  const isNarrow = onePage.value || wanted || only.checked;
  for (const page of pages) {
    const isHere = !onePage.value || page.id === onePage.value;
    const isEmpty = !page.querySelector(".line:not([hidden])");
    page.hidden = !isHere || (isEmpty && (wanted !== "" || only.checked));
  }
  byId("shown").textContent = (isNarrow ? shown + " of " : "") + lines.length + " lines";
  if (current && !differences.includes(current)) mark(null);
  tell();
  remember(on);
}

// A difference and its place on the picture look alike.
function light(difference, name, isOn) {
  difference.classList.toggle(name, isOn);
  spots.get(difference)?.classList.toggle(name, isOn);
}

function mark(difference) {
  if (current) light(current, "current", false);
  current = difference;
  if (current) light(current, "current", true);
}

function tell() {
  const at = differences.indexOf(current);
  byId("where").textContent = (at < 0 ? "–" : at + 1) + " / " + differences.length;
  if (!current) { byId("told").textContent = ""; return; }
  const place = current.closest(".compared").querySelector("h2").textContent;
  byId("told").textContent = place + ", " + current.closest(".line").querySelector(".name").textContent + ": " + current.title;
}

function step(by) {
  if (!differences.length) return;
  const at = differences.indexOf(current);
  const next = at < 0 ? (by > 0 ? nearest() : differences.length - 1) : at + by;
  choose(differences[(next + differences.length) % differences.length]);
}

// What the window is led to must not lie behind the header.
function measure() {
  const { offsetHeight } = document.querySelector("header");
  document.documentElement.style.setProperty("--header", `${offsetHeight}px`);
}

// Who has scrolled by hand goes on from there.
function nearest() {
  const edge = document.querySelector("header").offsetHeight;
  const found = differences.findIndex((each) => each.getBoundingClientRect().top > edge);
  return found < 0 ? 0 : found;
}

function choose(difference) {
  mark(difference);
  difference.focus({ preventScroll: true });
  // On a small screen the picture of a line has to be moved along.
  spots.get(difference)?.scrollIntoView({ block: "nearest", inline: "center" });
  difference.scrollIntoView({ block: "center" });
  tell();
}

function turn(by) {
  const open = pages.filter((page) => !page.hidden);
  const edge = document.querySelector("header").offsetHeight + 60;
  const past = open.filter((page) => page.getBoundingClientRect().top <= edge).length;
  const target = open[past - 1 + by];
  measure();
  if (target) target.scrollIntoView();
  else if (by < 0) scrollTo(0, 0);
  mark(null);
  tell();
}

// The filter stands in the address, so that a view can be kept, sent and tested.
function remember(on) {
  const state = new URLSearchParams();
  if (on.size < kinds.length) state.set("kinds", [...on].join(","));
  if (only.checked) state.set("only", "1");
  if (onePage.value) state.set("page", onePage.value);
  if (find.value) state.set("find", find.value);
  const text = state.toString();
  if (text || location.hash.startsWith(MARK)) history.replaceState(null, "", text ? MARK + text : "#");
}

function recall() {
  const state = new URLSearchParams(location.hash.startsWith(MARK) ? location.hash.slice(MARK.length) : "");
  const on = state.has("kinds") ? state.get("kinds").split(",") : null;
  for (const box of kinds) box.checked = !on || on.includes(box.value);
  only.checked = state.get("only") === "1";
  onePage.value = state.get("page") || "";
  if (onePage.selectedIndex < 0) onePage.value = "";
  find.value = state.get("find") || "";
}

function flip(index, isAlone) {
  const box = kinds[index];
  if (!box) return;
  if (isAlone) for (const each of kinds) each.checked = each === box;
  else box.checked = !box.checked;
  filter();
}

function all() {
  for (const box of kinds) box.checked = true;
  filter();
}

const keys = {
  n: () => step(1),
  p: () => step(-1),
  j: () => turn(1),
  k: () => turn(-1),
  a: all,
  o: () => { only.checked = !only.checked; filter(); },
  f: (event) => { event.preventDefault(); byId("filters").open = true; find.focus(); },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input[type=search], select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  // The digit's place on the keyboard, not its sign: with Shift it is another one.
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  if (digit) flip((Number(digit[1]) + 9) % 10, event.shiftKey);
  else if (keys[event.key]) keys[event.key](event);
});
new ResizeObserver(measure).observe(document.querySelector("header"));
byId("previous").addEventListener("click", () => step(-1));
byId("next").addEventListener("click", () => step(1));
byId("all").addEventListener("click", all);
for (const part of [...kinds, only, onePage]) part.addEventListener("change", filter);
find.addEventListener("input", filter);
document.addEventListener("click", (event) => {
  const difference = event.target.closest(".d:not(.off)");
  if (difference && difference.closest(".line")) { mark(difference); tell(); }
});
addEventListener("hashchange", () => { if (location.hash.startsWith(MARK)) { recall(); filter(); } });

// The table is sorted by what a column's heading says; the pages below keep their order.
function sort(head) {
  const row = head.parentNode;
  const index = [...row.children].indexOf(head);
  const isDown = head.getAttribute("aria-sort") !== "descending";
  const isNumber = head.dataset.sort === "number";
  const value = (line) => isNumber ? Number(line.children[index].dataset.value ?? line.children[index].textContent) : line.children[index].textContent;
  const order = (one, other) => isNumber ? value(one) - value(other) : value(one).localeCompare(value(other), undefined, { numeric: true });
  const body = head.closest("table").tBodies[0];
  body.append(...[...body.rows].sort((one, other) => isDown ? order(other, one) : order(one, other)));
  for (const each of row.children) each.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
}

for (const head of document.querySelectorAll("#pages [data-sort]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = head.textContent;
  head.replaceChildren(button);
  button.addEventListener("click", () => sort(head));
}
if (matchMedia("(max-width: 800px)").matches) byId("filters").open = false;
recall();
filter();
