// Marks what is today, past and next on the reader's own day. Without it the page says the same, less readily.
(() => {
  const now = new Date(), words = document.body.dataset;
  const today = new Date(now - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  const flag = (item, name) => {
    item.classList.add(name);
    const word = document.createElement("span");
    word.className = "flag";
    word.textContent = words[name];
    (item.querySelector(".meta") || item).prepend(word, " ");
  };
  for (const day of document.querySelectorAll(`[data-day="${today}"]`)) {
    day.classList.add("today");
    day.setAttribute("aria-current", "date");
  }
  for (const list of document.querySelectorAll(".coming")) {
    let next = true;
    for (const item of list.querySelectorAll("[data-end]")) {
      const { start, end } = item.dataset;
      if (!end) continue;
      if (end < today) flag(item, "past");
      else if (start <= today && item.classList.contains("dated")) flag(item, "today");
      else if (next && start > today) { flag(item, "next"); next = false; }
    }
  }

  // What is printed says when.
  const root = document.documentElement;
  addEventListener("beforeprint", () => {
    const day = new Date().toLocaleDateString(root.lang, { dateStyle: "long" });
    root.style.setProperty("--day", JSON.stringify(`${words.printed} ${day}`));
  });

  // The panel for the visually impaired is fetched when somebody asks for it, or wants words in place of pictures.
  const styles = new URL("panel.css", document.currentScript.src), panel = new URL("panel.js", styles);
  let asked = false;
  const fetchPanel = then => {
    if (asked) return;
    asked = true;
    const add = (name, of, next) => document.head.append(Object.assign(document.createElement(name), of, { onload: next }));
    const script = () => add("script", { src: panel }, then);
    if (document.querySelector('link[href$="/panel.css"]')) script();
    else add("link", { rel: "stylesheet", href: styles }, script);
  };
  for (const button of document.querySelectorAll(".sight")) button.addEventListener("click", () => fetchPanel(() => button.click()), { once: true });
  if (root.classList.contains("v-bare")) fetchPanel();

  // The day on which the reader saw what is cited.
  for (const day of document.querySelectorAll(".seen")) day.textContent = today.split("-").reverse().join(".");

  // What is cited is copied. A page from a disk or without TLS has no clipboard: there the selection is copied, or left to the reader.
  const copy = async text => {
    try { await navigator.clipboard.writeText(text.textContent); return true; } catch {
      getSelection().selectAllChildren(text);
      try { return document.execCommand("copy"); } catch { return false; }
    }
  };
  for (const box of document.querySelectorAll(".citing")) {
    const add = (name, of, behind) => { const made = Object.assign(document.createElement(name), of); behind.after(made); return made; };
    for (const text of box.querySelectorAll(".cite")) {
      const button = add("button", { type: "button", className: "button quiet copy", textContent: box.dataset.copy }, text);
      const said = add("span", { className: "said" }, button);
      said.setAttribute("role", "status");
      button.setAttribute("aria-label", `${box.dataset.copy}: ${text.previousElementSibling.textContent}`);
      button.addEventListener("click", async () => {
        said.textContent = "";
        const done = await copy(text);
        // Said anew each time.
        setTimeout(() => { said.textContent = done ? box.dataset.copied : box.dataset.failed; }, 50);
      });
    }
  }
})();
