// What makes the pages handier. Everything can be read and done without it.
"use strict";

document.documentElement.classList.add("scripted");

const typing = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]");

// The queue of doubts by keyboard, with the last correction to be taken back; "/" goes to the search field everywhere.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector(".find input")?.focus();
    return;
  }
  const queue = [...document.querySelectorAll(".doubtful")];
  if (queue.length === 0 && document.querySelector(".undo") === null) return;
  const at = queue.findIndex((one) => one.contains(document.activeElement));
  const go = (to) => {
    const one = queue[Math.max(0, Math.min(queue.length - 1, to))];
    one?.focus();
    one?.scrollIntoView({ block: "center" });
  };
  const here = queue[at];
  const press = (action) => here?.querySelector(`button[value="${action}"]`)?.click();
  switch (event.key) {
    case "j": go(at + 1); break;
    case "k": go(at < 0 ? 0 : at - 1); break;
    case "a": press("accept"); break;
    case "r": press("reject"); break;
    case "o": here?.querySelector("h2 a")?.click(); break;
    case "u": document.querySelector(".undo button")?.click(); break;
    default: return;
  }
  event.preventDefault();
});

// Every file of what was dropped, folders and what lies in them included.
async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((take, fail) => entry.file(take, fail))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    // A browser tells of a folder a hundred entries at a time, and of none when it is done.
    const some = await new Promise((take, fail) => reader.readEntries(take, fail));
    if (some.length === 0) return found;
    for (const one of some) found.push(...(await filesOf(one)));
  }
}

// Files and folders can be dropped where they can be chosen.
for (const place of document.querySelectorAll(".drop")) {
  const field = place.querySelector('input[type="file"]');
  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    place.classList.add("over");
  });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    // They are gone once this function has ended, so that all are asked for before the first answer.
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
    Promise.all(entries.map(filesOf)).then((lists) => {
      const chosen = new DataTransfer();
      for (const file of lists.flat()) chosen.items.add(file);
      field.files = chosen.files;
      place.querySelector("[role=status]").textContent = lists.flat().map((file) => file.name).slice(0, 12).join(", ");
    });
  });
}

// Work that takes long tells how far it is; when it is over, the page says what came of it.
for (const place of document.querySelectorAll("[data-events]")) {
  const events = new EventSource(place.dataset.events);
  events.addEventListener("message", (event) => {
    const job = JSON.parse(event.data);
    if (job.over) {
      events.close();
      location.reload();
      return;
    }
    place.querySelector(".stage").textContent = job.words;
    place.querySelector(".far").textContent = place.dataset.of.replace("{done}", job.done).replace("{total}", job.total);
    const bar = place.querySelector("progress");
    bar.max = job.total || 1;
    bar.value = job.done;
  });
}

// Reading may take a while: the button says so.
for (const form of document.querySelectorAll("form.adding")) {
  form.addEventListener("submit", () => {
    const button = form.querySelector("button");
    button.textContent = form.dataset.busy;
    button.setAttribute("aria-disabled", "true");
  });
}
