// The page for when there is no line: which pages this tablet has kept, as the day packs call them.

const list = document.querySelector("[data-kept]");
const EVERYWHERE = new Set(["/", "/standing"]);

async function openPack() {
  const name = (await globalThis.caches?.keys())?.find((one) => one.startsWith("pack-"));
  return name ? caches.open(name) : null;
}

const headingOf = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("h1")?.textContent.trim();

// `{address: {title, of}}` of every session whose day pack is here.
async function called(cache, addresses) {
  const found = {};
  for (const address of addresses.filter((one) => one.startsWith("/day-pack/"))) {
    const { pages, title } = await (await cache.match(address)).json();
    for (const page of pages) found[page.address] ??= { title: page.title, of: EVERYWHERE.has(page.address) ? "" : title };
  }
  return found;
}

function show(address, title, of) {
  const item = document.createElement("li");
  item.append(Object.assign(document.createElement("a"), { href: address, textContent: title }));
  if (of && of !== title) item.append(" ", Object.assign(document.createElement("span"), { className: "who", textContent: of }));
  list.append(item);
}

async function tell() {
  const cache = await openPack();
  const addresses = ((await cache?.keys()) ?? []).map(({ url }) => url.slice(location.origin.length));
  const names = cache ? await called(cache, addresses) : {};
  for (const address of addresses) {
    const answer = await cache.match(address);
    if (!answer?.headers.get("Content-Type")?.startsWith("text/html")) continue;
    show(address, names[address]?.title ?? (await headingOf(answer)) ?? address, names[address]?.of);
  }
  document.querySelector('[data-part="kept"]').hidden = !list.children.length;
}

document.querySelector("[data-again]").addEventListener("click", () => location.reload());
addEventListener("online", () => location.reload());
tell();
