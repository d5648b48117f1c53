// The page that shows everything waiting on this tablet: why, edit and send again; the receipt before closing; the file.

import { kindOf, saidIn } from "./kinds.js";
import { counted, say, standingOf, time, when } from "./marks.js";
import { openFile, saveFile } from "./outbox-file.js";
import { refreshVersions, safeToClose } from "./receipt.js";
import { changeable, edit } from "./standing-edit.js";
import { TROUBLES, standing, summary } from "./standing.js";
import { begun, changes, person, ready, send } from "./tablet.js";
import "./storage.js";

const find = (name) => document.querySelector(`[data-${name}]`);
const template = document.getElementById("waiting-entry");
const SHOWN_SENT = 50;

function button(words, deed, label) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button plain", textContent: words });
  if (label) made.setAttribute("aria-label", `${words}: ${label}`);
  if (deed) made.addEventListener("click", deed);
  return made;
}

// This page and the indicator are drawn anew.
function tell() {
  changes.dispatchEvent(new Event("change"));
}

function deedsFor(item, entry, outbox) {
  const said = saidIn(entry).slice(0, 40);
  const again = async () => { await outbox.change(entry.id, entry.fields); tell(); send(); };
  const aside = async () => { await outbox.putAside(entry.id); tell(); };
  const up = async () => { await outbox.takeUp(entry.id); tell(); };
  if (entry.standing === "aside") return [button("Take it up again", up, said)];
  if (entry.photo?.standing === "refused" && entry.standing === "sent") {
    const anew = async () => { await outbox.settlePhoto(entry.id, { standing: "here", trouble: null }); await draw(); send(); };
    return [button("Send the picture again", anew, said)];
  }
  if (entry.standing !== "refused") return [];
  const names = changeable(entry);
  const what = names.join() === "words" ? "Change the words" : "Change it";
  const change = names.length ? [button(what, () => edit(item, entry, outbox, button("Send it like this")), said)] : [];
  return [...change, button("Send it again", again, said), button("Put it aside", aside, said)];
}

function make(entry, outbox) {
  const item = template.content.cloneNode(true).firstElementChild;
  say(item.querySelector("[data-mark]"), ...standingOf(entry));
  item.querySelector("[data-kind]").textContent = `${kindOf(entry)}, ${when(entry.at)}`;
  const place = item.querySelector("[data-place]");
  const label = entry.page?.label ?? "";
  const isOurs = entry.page?.path?.startsWith("/");
  place.append(isOurs ? Object.assign(document.createElement("a"), { href: entry.page.path, textContent: label }) : label);
  item.querySelector("[data-said]").textContent = saidIn(entry);
  const why = item.querySelector("[data-why]");
  why.textContent = [...Object.values(entry.errors ?? {}).flat(), entry.photo?.trouble ?? ""].join(" ").trim();
  why.hidden = !why.textContent;
  item.querySelector("[data-deeds]").append(...deedsFor(item, entry, outbox));
  return item;
}

function list(name, entries, outbox) {
  const place = document.querySelector(`[data-list="${name}"]`);
  if (place.querySelector("[data-edit]:not([hidden])")) return; // being edited
  place.replaceChildren(...entries.map((entry) => make(entry, outbox)));
  document.querySelector(`[data-part="${name}"]`).hidden = !entries.length;
}

async function draw() {
  const { outbox, sync } = await ready;
  const told = await standing();
  const others = told.others.reduce((sum, count) => sum + count.here + count.waiting + count.refused + count.photos, 0);
  document.querySelector('[data-part="others"]').hidden = !others;
  find("others").textContent = others ? `${counted(others, "entry", "entries")}, until whoever wrote them signs in on this tablet.` : "";
  if (!sync) return;
  const entries = (await outbox.entries(person)).filter((entry) => !entry.locked);
  const stands = (entry, name) => entry.standing === "sent" && entry.photo?.standing === name;
  const sent = entries.filter((entry) => entry.standing === "sent" && !stands(entry, "here") && !stands(entry, "refused")).reverse();
  list("refused", entries.filter((entry) => entry.standing === "refused" || stands(entry, "refused")), outbox);
  list("versions", sent.filter((entry) => entry.versions), outbox);
  list("unsent", entries.filter((entry) => ["here", "waiting"].includes(entry.standing) || stands(entry, "here")), outbox);
  list("aside", entries.filter((entry) => entry.standing === "aside"), outbox);
  list("sent", sent.slice(0, SHOWN_SENT), outbox);
  find("sent-summary").textContent = `${counted(sent.length, "entry", "entries")} sent`;
  find("summary").textContent = headline(told, summary(told)[1]);
  find("line").textContent = told.line.state === "fine" ? "the line is fine" : `since ${time(told.line.since)}`;
  find("sign-in").hidden = told.line.state !== "signed out";
  showClock(await outbox.fact("skew"));
}

function headline({ own, line }, short) {
  if (line.state !== "fine") return `${TROUBLES[line.state]} ${own.here + own.waiting + own.photos ? short : ""}`;
  if (own.here + own.waiting + own.refused + own.photos === 0) return "Nothing of yours waits. Everything you write goes from here by itself.";
  return short;
}

// A clock that is wrong is put right for every entry, and said.
function showClock(skew) {
  const off = Math.round(Math.abs(skew ?? 0) / 60_000);
  find("clock-off").hidden = off < 1;
  const hours = off >= 60 ? `${Math.floor(off / 60)} h ${off % 60} min` : counted(off, "minute");
  find("clock-off").textContent = `This tablet’s clock is ${hours} ${skew > 0 ? "behind" : "ahead"}. Your entries are put at the right time.`;
}

find("send").addEventListener("click", send);
find("safe").addEventListener("click", () => safeToClose(find("receipt")));
find("save").addEventListener("click", async () => {
  const { outbox } = await ready;
  find("file-said").textContent = await saveFile(outbox);
});
find("open").addEventListener("change", async (event) => {
  const { outbox } = await ready;
  find("file-said").textContent = await openFile(outbox, event.target.files[0]);
  event.target.value = "";
  await draw();
  send();
});
changes.addEventListener("change", draw);
draw();
begun.then(async ({ outbox, sync }) => {
  if (!sync) return;
  await send();
  await sync.takeKeys(await outbox.missingSeals(person)).catch(() => {});
  await refreshVersions(outbox, sync, person).catch(() => {}); // without a line it stays as it was last heard
  draw();
});
