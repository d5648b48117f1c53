// Sending pictures, piece by piece, once all text has gone: resumed after a break, and one that fails holds up nothing
// else. The outbox and the asking are handed in by sync.js. No DOM, no IndexedDB.

const RETRY = 30_000, SELDOM = 15 * 60_000;
const NOT_THE_PHOTO = ["no signal", "signed out", "locked"]; // states of the line that no single picture is to blame for
const NOT_HERE = "This picture is no longer on this tablet, so it cannot be sent.";
const NOT_THROUGH = "This picture does not get through on this line. It is tried again by itself.";
const BINARY = { "Content-Type": "application/octet-stream" };

export function makePhotoSending({ outbox, ask, hello, by, onChange }) {
  const later = new Map(); // photo → {at, tries}: one that failed is not tried at every turn

  async function settle(row, change) {
    await outbox.settlePhoto(row.id, change);
    onChange();
  }

  // Take over what the server says of a picture. Returns the positions it has, or null when there is no more to do now.
  async function take(row, answer) {
    if (answer.status === 409) return take(row, await ask(`/sync/photos/${row.id}`));
    const told = JSON.parse(answer.text);
    if (answer.ok && told.whole) {
      const { ledger, number } = told.receipt;
      await settle(row, { standing: "whole", sent: told.pieces, trouble: null, ledger, number });
      await outbox.letGoIfShort(row.id);
      return null;
    }
    if (answer.ok) {
      await settle(row, { sent: told.here.length, trouble: null });
      return told.here;
    }
    if (answer.status === 410) await settle(row, { standing: "gone", trouble: null });
    else if (answer.status === 404) await settle(row, { trouble: told.error });
    else await settle(row, { standing: "refused", trouble: told.error });
    return null;
  }

  // Return one piece; its key may lie with an earlier sign-in, and the server gives it back to whoever wrote it.
  async function open(id, position) {
    const found = await outbox.piece(id, position);
    if (!found?.seal) return found;
    const answer = await ask(`/sync/seals/${encodeURIComponent(found.seal)}`);
    if (answer.ok) await outbox.takeKey({ person: by, ...JSON.parse(answer.text) }, false);
    return outbox.piece(id, position);
  }

  // Send what is missing of one picture. Returns true when something was written meanwhile, which goes first.
  async function sendOne(row, isInterrupted) {
    let here = await take(row, await ask(`/sync/photos/${row.id}`));
    for (let position = 0; here && position < row.photo.pieces; position += 1) {
      if (here.includes(position)) continue;
      if (await isInterrupted()) return true;
      const found = await open(row.id, position);
      if (!found?.bytes) {
        if (!found) await settle(row, { standing: "refused", trouble: NOT_HERE });
        return false;
      }
      const path = `/sync/photos/${row.id}/${position}`;
      here = await take(row, await ask(path, { method: "PUT", body: found.bytes, headers: BINARY }));
    }
    return false;
  }

  // A picture did not get through. Where the line itself is to blame, that is thrown on; else this one waits.
  async function failed(row, trouble) {
    if (!trouble.state || NOT_THE_PHOTO.includes(trouble.state) || trouble.retryAfter) throw trouble;
    await hello();
    const tries = (later.get(row.id)?.tries ?? 0) + 1;
    later.set(row.id, { tries, at: performance.now() + Math.min(SELDOM, RETRY * 2 ** (tries - 1)) });
    await settle(row, { trouble: NOT_THROUGH });
  }

  // Send all pictures that are to go. Returns true when it was interrupted by something new to send.
  async function pass() {
    const rows = await outbox.photosToSend(by);
    const began = await outbox.fact("order");
    const isInterrupted = async () => (await outbox.fact("order")) !== began;
    for (const row of rows) {
      if (later.get(row.id)?.at > performance.now()) continue;
      try {
        if (await sendOne(row, isInterrupted)) return true;
        later.delete(row.id);
      } catch (trouble) {
        await failed(row, trouble);
      }
    }
    return false;
  }

  return { pass };
}
