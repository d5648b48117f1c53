// Sealing: what one person writes is unreadable to the next who takes the tablet. The key comes from the server, for a
// person and a tablet. It protects from the next user, not from somebody who takes the tablet's storage apart.

const writer = new TextEncoder();
const reader = new TextDecoder();

export function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

export function base64Of(buffer) {
  let letters = "";
  for (const byte of new Uint8Array(buffer)) letters += String.fromCharCode(byte);
  return btoa(letters);
}

export function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function importKey(base64) {
  return crypto.subtle.importKey("raw", bytesOf(base64), "AES-GCM", false, ["encrypt", "decrypt"]);
}

export async function sealBytes(key, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, words: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
}

export async function unsealBytes(key, { iv, words }) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, words);
}

export function seal(key, value) {
  return sealBytes(key, writer.encode(JSON.stringify(value)));
}

// Throws when the key is another person's.
export async function unseal(key, sealed) {
  return JSON.parse(reader.decode(await unsealBytes(key, sealed)));
}

export async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", writer.encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
