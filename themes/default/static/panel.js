// The panel «Версия для слабовидящих». `panel` is its markup, made of parts/panel.html in the language of the site. What is chosen are
// classes of the root, kept by the browser (no cookies); base.html sets them before anything is painted.
const root = document.documentElement;
const openers = document.querySelectorAll(".sight");
const holder = document.createElement("template");
holder.innerHTML = panel;
const form = holder.content.firstElementChild;
let opener;

/** Shows what pictures show in words, in their places; styles tell when. */
const describe = () => {
  if (!root.classList.contains("v-bare")) return;
  for (const picture of document.querySelectorAll("img[alt]:not([alt=''])")) {
    if (picture.nextElementSibling?.className === "alt") continue;
    const words = document.createElement("span");
    words.className = "alt";
    words.textContent = picture.alt;
    picture.after(words);
  }
};

const choose = () => {
  const names = [...new FormData(form).values()].filter(Boolean).join(" ");
  root.className = `js ${names}`.trim();
  try {
    if (names) localStorage.setItem("sight", names);
    else localStorage.removeItem("sight");
  } catch {
    // A browser that keeps nothing: the choice holds for this page.
  }
  describe();
};

const show = open => {
  form.hidden = !open;
  for (const button of openers) button.setAttribute("aria-expanded", open);
  (open ? form : opener).focus();
};

for (const input of form.elements) {
  if (input.value && input.type === "radio") input.checked = input.value.split(" ").every(name => root.classList.contains(name));
}
form.hidden = true;
form.addEventListener("change", choose);
form.addEventListener("reset", () => setTimeout(choose));
form.querySelector(".close").addEventListener("click", () => show(false));
addEventListener("keydown", event => { if (event.key === "Escape" && !form.hidden) show(false); });
for (const button of openers) {
  button.addEventListener("click", () => {
    opener = button;
    show(form.hidden);
  });
}
document.querySelector(".mast").after(form);
describe();
