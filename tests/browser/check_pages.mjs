// Every page as a person meets it: wide, on a telephone, in the dark, without script, printed. Nothing may be said on the
// console, nothing asked for elsewhere, nothing wider than the window, and axe must find nothing against WCAG 2.2 AA.
import { chromium } from "playwright-core";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [, , base, pictures, closedBase, password] = process.argv;
const root = base.replace(/\/$/, "");
const closed = closedBase.replace(/\/$/, "");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wrong = [];
let checks = 0;

const check = (holds, what) => {
  checks += 1;
  if (!holds) wrong.push(what);
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});

// A window that reports whatever a page does that it should not.
async function open(options) {
  // axe is put into the page from outside; the page's own policy would refuse it.
  const context = await browser.newContext({ bypassCSP: options.javaScriptEnabled !== false, ...options });
  const page = await context.newPage();
  page.on("console", (message) => wrong.push(`${page.url()}: console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error.message}`));
  page.on("dialog", (dialog) => wrong.push(`${page.url()}: a dialog: ${dialog.message()}`));
  page.on("request", (request) => {
    if (![root, closed].some((own) => request.url().startsWith(own))) wrong.push(`${page.url()} asks for ${request.url()}`);
  });
  return page;
}

const json = async (path) => (await fetch(`${root}${path}`)).json();
const contacts = (await json("/timeline.json?limit=1000")).items;
const fullest = [...contacts].sort((a, b) => b.documents.length - a.documents.length)[0];
const disputed = contacts.find((contact) => contact.disputes.length > 0) ?? fullest;
const documents = (await json("/documents.json?limit=1000")).items;
const evidence = fullest.account_details[0];
const passage = (account) => {
  const [first] = account.evidence;
  return `/document?${new URLSearchParams({ path: account.document, start: first.start, end: first.end })}`;
};
const hostile = documents.find((one) => one.path.includes("hostile"));

// A dossier to look at, made as a program makes it.
const token = /name="token" value="([0-9a-f]+)"/.exec(await (await fetch(`${root}/add`)).text())[1];
const send = (path, fields) =>
  fetch(`${root}${path}`, { method: "POST", body: new URLSearchParams({ token, ...fields }), redirect: "manual" });
const made = await send("/dossiers", { name: "The <b>test</b> of February", about: "Who rang whom,\nand who did not." });
const dossier = made.headers.get("location");
for (const [kind, subject, note] of [
  ["contact", fullest.id, "The first try. <script>window.harmed = 3</script>"],
  ["document", evidence.document, "Read this first."],
  ["document", hostile.path, ""],
]) {
  await send("/keep", { kind, subject, note, dossier: dossier.split("/").pop() });
}
await send(dossier, { action: "write", note: "So far.\n\nMore is to come." });
await send(dossier, { action: "share" });
// Work that goes on by itself: a page that must not be got, since it lies in a private network.
const job = (await send("/add", { addresses: "http://127.0.0.1:9/inside" })).headers.get("location");
const shared = `/shared/${(await json(`${dossier}.json`)).dossier.link}`;

const pages = {
  timeline: "/",
  pair: "/timeline?party=usa&party=russia&from=2013-02&to=2013-02",
  nothing: "/timeline?party=usa&party=iceland",
  contact: `/contacts/${fullest.id}`,
  disputed: `/contacts/${disputed.id}`,
  document: passage(evidence),
  hostile: `/document?${new URLSearchParams({ path: hostile.path })}`,
  comments: `/document?${new URLSearchParams({ path: documents.find((one) => one.path.includes("saved-page")).path })}`,
  documents: "/documents",
  disputes: "/disputes",
  statements: "/statements",
  search: "/search?words=call",
  empty: "/search",
  pairs: "/pairs",
  rhythm: "/pairs?party=usa&party=russia",
  people_pairs: "/pairs?of=people",
  people_rhythm: "/pairs?name=kerry&name=lavrov",
  coverage: "/coverage?party=usa&party=russia",
  review: "/review",
  add: "/add",
  corrections: "/corrections",
  people: "/people",
  person: "/person?name=John+Kerry",
  dossiers: "/dossiers",
  dossier,
  shared,
  job,
  missing: "/nowhere",
};

// What the browser itself says of a page that is not there, and of the script that is put into one on purpose below.
const expected = (line) =>
  (line.includes("/nowhere") && line.includes("404")) || (line.includes("hostile") && line.includes("Executing inline script"));

// Each look with what axe is asked: all of it once, and where colours or sizes differ, what they change.
const looks = {
  wide: {
    options: { viewport: { width: 1280, height: 900 } },
    rules: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
  },
  dark: {
    options: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
    rules: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
  },
  telephone: {
    options: { viewport: { width: 360, height: 740 }, hasTouch: true },
    rules: { type: "rule", values: ["target-size", "scrollable-region-focusable", "meta-viewport", "color-contrast"] },
  },
};

async function lookAt(look, how, from, pages, begin = async () => {}) {
  const { options, rules } = how;
  const page = await open(options);
  await begin(page);
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(`${from}${path}`);
    const width = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    check(width[0] <= width[1], `${look} ${name}: ${width[0]} wide in a window of ${width[1]}`);
    check(await page.evaluate(() => window.harmed === undefined), `${look} ${name}: something in the record ran`);
    await page.screenshot({ path: `${pictures}/${look}-${name}.png`, fullPage: true });
    // What is folded away is checked too.
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    await page.evaluate(axe);
    const found = await page.evaluate((runOnly) => window.axe.run({ runOnly, resultTypes: ["violations"] }), rules);
    check(found.passes.length > 0, `${look} ${name}: axe looked at nothing`);
    for (const fault of found.violations) {
      const where = fault.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join("\n      ");
      wrong.push(`${look} ${name}: ${fault.id}: ${fault.help}\n      ${where}`);
    }
  }
  await page.context().close();
}

await Promise.all(Object.entries(looks).map(([look, how]) => lookAt(look, how, root, pages)));

// Where users sign in: before, and after it.
const signIn = async (page) => {
  await page.goto(`${closed}${pages.contact}`);
  check(new URL(page.url()).pathname === "/sign-in", "a page is seen without signing in");
  await page.locator('input[name="name"]').fill("Anna");
  await page.locator('input[name="password"]').fill(password);
  await page.locator("main button").click();
  check(page.url() === `${closed}${pages.contact}`, "after signing in another page is seen than the one asked for");
  check((await page.locator('input[name="editor"]').count()) === 0, "whoever is signed in is asked for a name");
};
await Promise.all(
  ["wide", "telephone"].flatMap((look) => [
    lookAt(look, looks[look], closed, { "sign-in": "/sign-in?next=%2Ftimeline" }),
    lookAt(look, looks[look], closed, { account: "/account", trail: "/trail" }, signIn),
  ]),
);

// Under the page's own policy nothing that stands in a record runs, and our own script does.
{
  const page = await open({ bypassCSP: false });
  await page.goto(`${root}${pages.hostile}`);
  check(await page.evaluate(() => window.harmed === undefined), "something in a hostile article ran");
  check((await page.title()).indexOf("\u202e") < 0, "a title turns the direction of what follows");
  check(await page.evaluate(() => document.documentElement.classList.contains("scripted")), "our own script does not run");
  const tried = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.harmed = 9";
    const said = [];
    document.addEventListener("securitypolicyviolation", (event) => said.push(event.violatedDirective));
    document.body.append(script);
    return window.harmed;
  });
  check(tried === undefined, "the policy lets inline script run");
  await page.context().close();
}

// Without script: everything can be read, asked and corrected.
{
  const page = await open({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
  await page.goto(root);
  check((await page.locator("svg.lives a").count()) > 3, "no timeline without script");
  await page.locator('input[name="party"]').first().fill("usa");
  await page.locator('input[name="party"]').nth(1).fill("russia");
  await page.locator(".filters button").click();
  check((await page.locator("h1").innerText()).includes("Russia"), "the filter does not work without script");
  await page.goto(`${root}${pages.contact}`);
  await page.locator("blockquote a").first().click();
  check((await page.locator("mark.here").count()) > 0, "a quotation does not lead to its words");
  await page.goto(`${root}/search`);
  await page.locator('input[name="words"]').fill("call");
  await page.locator(".find button").click();
  check((await page.locator(".contacts h3 a").count()) > 0, "search finds nothing without script");

  const state = async () => (await json(`/contacts/${fullest.id}.json`)).state;
  await page.goto(`${root}${pages.contact}`);
  await page.locator('.correct input[name="editor"]').first().fill("Anna");
  await page.locator('button[value="accept"]').click();
  check((await state()) === "accepted", "accepting does nothing");
  check((await page.locator('.correct input[name="editor"]').first().inputValue()) === "Anna", "the name is forgotten");
  await page.locator("summary", { hasText: "Edit its values" }).click();
  await page.locator('input[name="tone"]').fill("curt");
  await page.locator("button", { hasText: "Save the changes" }).click();
  check((await state()) === "edited", "editing does nothing");
  await page.locator("summary", { hasText: "Add a step" }).click();
  await page.locator('select[name="step"]').selectOption("followed_up");
  await page.locator("button", { hasText: "Add the step" }).click();
  await page.locator("summary", { hasText: "Split off" }).click();
  await page.locator('input[name="account"]').last().check();
  await page.locator("button", { hasText: "Split them off" }).click();
  await page.locator("summary", { hasText: "Merge it" }).click();
  await page.locator('input[name="with"]').last().fill(contacts.find((one) => one.id !== fullest.id).id);
  await page.locator("button", { hasText: "Merge: they are the same" }).click();
  check((await page.locator("#history + .scroll tbody tr").count()) === 5, "the history does not show five corrections");
  await page.screenshot({ path: `${pictures}/corrected.png`, fullPage: true });
  for (let left = 5; left > 0; left -= 1) {
    await page.goto(`${root}/corrections`);
    await page.locator("button", { hasText: "Undo" }).nth(5 - left).click();
  }
  check((await state()) === "machine", "undoing everything does not bring back what was");

  // A dossier, from the page of a contact to what others read.
  await page.goto(`${root}${pages.disputed}`);
  await page.locator("summary", { hasText: "Put it into a dossier" }).click();
  await page.locator('#dossiers ~ details input[name="name"]').fill("Doubtful");
  await page.locator("button", { hasText: "Put it in" }).click();
  await page.locator("a", { hasText: "Doubtful" }).click();
  check((await page.locator(".kept > li").count()) === 1, "a contact is not in the dossier into which it was put");
  await page.locator("#fresh").fill("To be asked about.");
  await page.locator("button", { hasText: "Add the note" }).click();
  await page.locator("button", { hasText: "Up" }).click();
  check((await page.locator(".kept > li").first().innerText()).includes("To be asked about."), "a note does not move up");
  await page.locator("button", { hasText: "Make a link" }).click();
  await page.locator('a[href^="/shared/"]').click();
  check((await page.locator("h1").innerText()) === "Doubtful", "a shared dossier cannot be read");
  check((await page.locator("form").count()) === 0, "a shared dossier can be changed");

  // Addresses of pages, without script: one looks again.
  await page.goto(`${root}/add`);
  await page.locator("#addresses").fill("http://localhost:9/inside");
  await page.locator("button", { hasText: "Read and record" }).click();
  await page.waitForTimeout(500);
  if ((await page.locator("progress").count()) > 0) await page.locator("a", { hasText: "Look again" }).click();
  check((await page.locator(".problems").innerText()).includes("private address"), "a private address is not refused");

  // Signing in and out without script.
  await signIn(page);
  await page.goto(`${closed}/account`);
  await page.locator('input[name="label"]').fill("nightly");
  await page.locator("button", { hasText: "Make a token" }).click();
  check(/^[0-9a-f]{64}$/.test(await page.locator(".done code").innerText()), "a new token is not shown");
  await page.locator("button", { hasText: "Sign out" }).click();
  await page.goto(`${closed}/`);
  check(new URL(page.url()).pathname === "/sign-in", "signing out does nothing");

  await page.goto(`${root}/add`);
  await page.locator("#text").fill("Secretary of State Antony Blinken spoke by telephone with Turkish Foreign Minister Hakan Fidan on Tuesday, the State Department said.");
  await page.locator('input[name="published"]').fill("2024-03-06");
  await page.locator("button", { hasText: "Read and record" }).click();
  check((await page.locator(".done h2").innerText()).startsWith("1 new document"), "a pasted text is not recorded");
  await page.context().close();
}

// By keyboard: skip link, search, the queue of doubts.
{
  const page = await open({ viewport: { width: 1280, height: 900 } });
  await page.goto(root);
  await page.keyboard.press("Tab");
  check((await page.evaluate(() => document.activeElement.className)) === "skip", "the first stop is not the skip link");
  await page.keyboard.press("/");
  check((await page.evaluate(() => document.activeElement.name)) === "words", "/ does not lead to the search");
  await page.goto(`${root}/review`);
  const before = await page.locator(".doubtful").count();
  await page.keyboard.press("j");
  const editor = page.locator(".doubtful").first().locator('input[name="editor"]');
  await editor.fill("Anna");
  await page.locator(".doubtful").first().evaluate((one) => one.focus());
  await Promise.all([page.waitForURL("**/review"), page.waitForEvent("load"), page.keyboard.press("a")]);
  check((await page.locator(".doubtful").count()) === before - 1, "the key a accepts nothing");
  await Promise.all([page.waitForURL("**/review"), page.waitForEvent("load"), page.keyboard.press("u")]);
  check((await page.locator(".doubtful").count()) === before, "the key u takes nothing back");
  const reached = new Set();
  await page.goto(`${root}/timeline?party=usa`);
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press("Tab");
    reached.add(await page.evaluate(() => document.activeElement.getAttribute("href") ?? document.activeElement.tagName));
  }
  check([...reached].filter((one) => one.startsWith("/contacts/")).length > 2, "contacts in the picture are not reached by Tab");
  await page.context().close();
}

// Dropped files tell how far they are, and end on what came of them.
{
  const page = await open({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${root}/add`);
  const text = (day) => `LONDON, June ${day}, 2015 - Antony Blinken called Hakan Fidan on June ${day}, 2015, the State Department said.`;
  const files = Array.from({ length: 20 }, (_, day) => ({ name: `${day + 1}.txt`, mimeType: "text/plain", buffer: Buffer.from(text(day + 1)) }));
  await page.locator("#files").setInputFiles(files);
  await page.locator("button", { hasText: "Read and record" }).click();
  await page.locator(".done").waitFor({ timeout: 20000 });
  check(new URL(page.url()).pathname.startsWith("/jobs/"), "many files are not read by themselves");
  check((await page.locator(".done h2").innerText()).startsWith("20 new documents"), "dropped files are not recorded");

  // A folder that is dropped brings all that lies in it; a browser lets no test drop one, so its entries are made up.
  await page.goto(`${root}/add`);
  await page.evaluate(() => {
    const file = (name) => ({ isFile: true, file: (take) => take(new File(["Nothing between governments."], name)) });
    const folder = (...inside) => ({ createReader: () => ({ readEntries: (take) => take(inside.splice(0, 1)) }) });
    const drop = new Event("drop", { cancelable: true });
    drop.dataTransfer = { items: [{ webkitGetAsEntry: () => folder(file("a.txt"), folder(file("b.txt"))) }] };
    document.querySelector(".drop").dispatchEvent(drop);
  });
  await page.locator(".drop [role=status]").filter({ hasText: "b.txt" }).waitFor({ timeout: 5000 });
  check((await page.locator("#files").evaluate((field) => field.files.length)) === 2, "a dropped folder is not opened");
  await page.context().close();
}

// Printed: the words and the picture, without what is only there to press.
{
  const page = await open({ viewport: { width: 794, height: 1123 } });
  for (const name of ["timeline", "contact", "document", "shared"]) {
    await page.goto(`${root}${pages[name]}`);
    await page.emulateMedia({ media: "print" });
    check(!(await page.locator("header nav, .noprint").first().isVisible()), `printed ${name}: the menu`);
    check(await page.locator("h1").isVisible(), `printed ${name}: no heading`);
    check((await page.locator("button:visible").count()) === 0, `printed ${name}: buttons`);
    const paper = await page.pdf({ format: "A4", path: `${pictures}/${name}.pdf` });
    check(paper.length > 5000, `printed ${name}: nothing`);
    await page.screenshot({ path: `${pictures}/printed-${name}.png`, fullPage: true });
    await page.emulateMedia({ media: "screen" });
  }
  await page.context().close();
}

// A dossier as one file, opened from a disk: it needs nothing else, and nothing in it runs.
{
  const file = `${pictures}/dossier.html`;
  writeFileSync(file, await (await fetch(`${root}${dossier}/file`)).text());
  const page = await open({ bypassCSP: false, viewport: { width: 1280, height: 900 } });
  page.removeAllListeners("request");
  page.on("request", (request) => check(request.url() === `file://${file}`, `a dossier's file asks for ${request.url()}`));
  await page.goto(`file://${file}`);
  check((await page.locator("article.memo").count()) === 1, "a dossier's file holds no memorandum");
  check(await page.evaluate(() => window.harmed === undefined), "something in a dossier's file ran");
  check((await page.evaluate(() => getComputedStyle(document.querySelector(".folio")).maxWidth)) !== "none", "a dossier's file has no style");
  await page.screenshot({ path: `${pictures}/file.png`, fullPage: true });
  await page.context().close();
}

// The first view in all: page, stylesheet and script, packed.
{
  let bytes = 0;
  for (const path of ["/", "/assets/memcon.css", "/assets/memcon.js", "/assets/memcon.svg"]) {
    const answer = await fetch(`${root}${path}`, { headers: { "accept-encoding": "identity" } });
    bytes += (await answer.arrayBuffer()).byteLength;
  }
  check(bytes < 200_000, `the first view weighs ${bytes} bytes before packing`);
  console.log(`the first view weighs ${(bytes / 1000).toFixed(0)} kB before packing`);
}

await browser.close();
const faults = wrong.filter((line) => !expected(line));
for (const fault of faults) console.error(`wrong: ${fault}`);
console.log(`${checks} checks over ${Object.keys(pages).length} pages in ${Object.keys(looks).length} looks, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
