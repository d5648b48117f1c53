// The page for when there is no line: which pages this tablet has kept, each as it is called.

const list = document.querySelector("[data-kept]");

async function titleOf(answer) {
  const kept = new DOMParser().parseFromString(await answer.text(), "text/html");
  const place = kept.querySelector("[data-called]")?.dataset.called;
  return place ?? kept.querySelector("h1")?.textContent.trim();
}

async function tell() {
  const name = (await globalThis.caches?.keys())?.find((one) => one.startsWith("pack-"));
  const cache = name && (await caches.open(name));
  const pages = cache ? await cache.keys() : [];
  for (const { url } of pages) {
    const answer = await cache.match(url);
    if (!answer?.headers.get("Content-Type")?.startsWith("text/html")) continue;
    const { pathname, search } = new URL(url);
    const link = Object.assign(document.createElement("a"), { href: pathname + search, textContent: await titleOf(answer) });
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  document.querySelector('[data-part="kept"]').hidden = !list.children.length;
}

document.querySelector("[data-again]").addEventListener("click", () => location.reload());
addEventListener("online", () => location.reload());
tell();
