/** The frame of every page: the phone's menu, forms that send themselves, questions before what cannot be taken back. */

const menu = document.querySelector(".menu-button");
const navigation = document.querySelector("#site-nav");
menu?.addEventListener("click", () => {
  const open = navigation.classList.toggle("open");
  menu.closest("header").classList.toggle("open", open);
  menu.setAttribute("aria-expanded", String(open));
});

const box = document.querySelector("#site-search");
// Nothing of searching is loaded before somebody searches.
box?.addEventListener("focusin", () => import("./search/box.js").then(({ bindBox }) => bindBox(box)), { once: true });

document.querySelector(".search-button")?.addEventListener("click", (event) => {
  event.preventDefault();
  const open = box.closest("header").classList.toggle("searching");
  if (open) box.querySelector("input").focus();
});

for (const choice of document.querySelectorAll("form.filters select")) {
  choice.addEventListener("change", () => choice.form.requestSubmit());
}

// An empty filter says nothing; leaving it out keeps the address short enough to pass on.
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) field.disabled = field.name !== "" && field.value === "";
  });
}

for (const form of document.querySelectorAll("form[data-question]")) {
  form.addEventListener("submit", (event) => {
    if (!window.confirm(form.dataset.question)) event.preventDefault();
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
